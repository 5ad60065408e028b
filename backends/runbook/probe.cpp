#include "backends/runbook/probe.h"

#include "backends/runbook/bash.h"
#include "backends/shell/quote.h"

namespace muster::backends::runbook {
namespace {

using model::Probe;
using shell::quote;

void add_sql(const StepIn& in, const Probe& probe, std::optional<Id<model::Service>> database, Work& work) {
    const bool other_engine = database && !in.plan.services[*database].engine.empty() && !is_postgres(in.plan.services[*database]);
    const std::string why_not = other_engine ? std::string() : why_no_client(in, database);
    if (!other_engine && why_not.empty()) return work.run("check_sql " + quote(probe.text) + " " + postgres_client(in, database, work));
    work.confirm += (work.confirm.empty() ? "" : "\n") + in.plan.services[*database].heading.name + " has to say yes to: " + probe.text;
    if (!why_not.empty()) work.confirm += "\n" + why_not;
}

}  // namespace

void add_probes(const StepIn& in, const std::vector<Probe>& probes, std::optional<Id<model::Service>> database, Work& work) {
    for (const Probe& probe : probes) switch (probe.how) {
            case Probe::How::http:
                work.tools.insert("curl");
                work.run("check_http " + quote(probe.text));
                break;
            case Probe::How::tcp: work.run("check_tcp " + quote(probe.text)); break;
            case Probe::How::sql: add_sql(in, probe, database, work); break;
            case Probe::How::promql:
                work.tools.insert("curl");
                work.variables.insert("MUSTER_PROMETHEUS");
                work.run("check_promql " + quote(probe.text));
                break;
            case Probe::How::run: run_own(in, probe.text, work); break;
        }
}

std::string probe_by_hand(const Probe& probe) {
    return probe.how == Probe::How::http ? "curl --fail --url " + quote(probe.text) : probe.text;
}

std::string_view probe_meaning(const Probe& probe) {
    switch (probe.how) {
        case Probe::How::http: return "it has to answer";
        case Probe::How::tcp: return "a connection to it has to open";
        case Probe::How::sql: return "SQL whose result has to be true";
        case Probe::How::promql: return "PromQL that has to find something";
        case Probe::How::run: return "it has to succeed";
    }
    return {};
}

}  // namespace muster::backends::runbook
