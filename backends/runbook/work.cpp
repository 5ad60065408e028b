#include "backends/runbook/work.h"

#include <fmt/format.h>

#include "backends/runbook/bash.h"
#include "backends/shell/quote.h"

namespace muster::backends::runbook {

using shell::quote;

std::string kubectl(const Where& where, Work& work) {
    work.tools.insert("kubectl");
    std::string command = "kubectl";
    if (where.cluster.empty()) work.note = "The plan names no cluster for this: kubectl acts on its current context.";
    else command += " --context=" + quote(where.cluster), work.contexts.insert(where.cluster);
    if (!where.in_namespace.empty()) command += " --namespace=" + quote(where.in_namespace);
    return command;
}

void run_own(const StepIn& in, const std::string& text, Work& work) {
    const auto tools = tools_in(text);
    work.tools.insert(tools.begin(), tools.end());
    const std::string cluster = where_of(in).cluster;
    if (tools.contains("kubectl") && !cluster.empty()) work.contexts.insert(cluster);
    work.body += run_text(text);
    work.by_hand += text;
}

std::string why_no_client(const StepIn& in, std::optional<Id<model::Service>> service) {
    if (!service || workload_of(in.plan.services[*service]).empty()) return {};
    return why_not_in_pods(in, where_of(in, service), in.plan.services[*service]);
}

std::string postgres_client(const StepIn& in, std::optional<Id<model::Service>> service, Work& work) {
    const std::string workload = service ? workload_of(in.plan.services[*service]) : std::string();
    if (workload.empty()) {
        const std::string variable =
            service ? "MUSTER_DATABASE_" + variable_part(in.plan.services[*service].heading.name) : std::string("MUSTER_DATABASE");
        work.tools.insert("psql");
        work.variables.insert(variable);
        return "postgres_at " + variable;
    }
    const Where where = where_of(in, service);
    static_cast<void>(kubectl(where, work));
    return fmt::format("postgres_in {} {} {}", quote(where.cluster), quote(where.in_namespace), quote(workload));
}

}  // namespace muster::backends::runbook
