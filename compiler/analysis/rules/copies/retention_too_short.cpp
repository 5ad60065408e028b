// What has to be kept for ten years is asked for in the ninth. A law, a contract or an auditor sets the time; the line that deletes old
// copies was written by somebody who thought of the size of the disk.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/frameworks.h"
#include "compiler/analysis/holdings.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;
using support::format_duration;
using support::Said;

struct Demand {
    Said<Time> time;
    std::string by;  // "`orders` itself", "class `cardholder`"
};

// Its name or one of its classes says so: "audit-log", "audit trail".
bool is_audit_log(const model::Dataset& data) {
    const auto says = [](const std::string& word) { return word.starts_with("audit"); };
    return says(data.heading.name) || std::any_of(data.classes.begin(), data.classes.end(), says);
}

// The longest that anybody demands.
std::optional<Demand> demand_on(const Plan& plan, const model::Dataset& data) {
    std::optional<Demand> most;
    const auto add = [&](const std::optional<Said<Time>>& said, const std::string& by) {
        if (said && (!most || said->value > most->time.value)) most = Demand{*said, by};
    };
    add(data.retained, "demanded here");
    for (const auto id : data.classified)
        add(plan.classifications[id].retained, fmt::format("demanded here of data of class `{}`", plan.classifications[id].heading.name));
    if (!is_audit_log(data)) return most;
    for (const std::string& word : plan.compliance)
        if (const auto framework = framework_of(word); framework && framework->audit_logs_kept)
            add(Said<Time>{*framework->audit_logs_kept, plan.heading.span}, fmt::format("`{}` demands it of audit logs", word));
    return most;
}

void look_at(const Plan& plan, Id<model::Dataset> id, diagnostics::Sink& sink) {
    const model::Dataset& data = plan.data[id];
    const auto demand = demand_on(plan, data);
    const auto held = holdings_of(plan, id);
    if (!demand || held.empty()) return;
    const auto longest = std::max_element(held.begin(), held.end(), [](const auto& a, const auto& b) { return a.kept < b.kept; });
    if (longest->kept >= demand->time.value) return;
    auto& d = sink.report(diagnostics::messages::retention_too_short, data.heading.span, diagnostics::Name{data.heading.name},
                          diagnostics::Duration{demand->time.value}, diagnostics::Duration{longest->kept});
    d.subject = {"data", data.heading.name};
    d.target = demand->time.value;
    d.achieved = longest->kept;
    d.related = {{demand->time.span, demand->by}, {plan.copies[longest->copy].heading.span, "the copy that is kept longest"}};
    d.help = longest->kept == Time::zero()
                 ? "a replica keeps nothing of the past: declare a backup, and `keep` it"
                 : fmt::format("keep some of its runs that long, say `keep {} yearly`, in a store for the purpose",
                               format_duration(demand->time.value));
}

}  // namespace

void retention_too_short(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.data.ids()) look_at(facts.plan, id, sink);
}

}  // namespace muster::analysis::rules
