#include "backends/runbook/work.h"

#include <fmt/format.h>

#include "backends/runbook/bash.h"

namespace muster::backends::runbook {

std::string kubectl(const Where& where, Work& work) {
    work.tools.insert("kubectl");
    std::string command = "kubectl";
    if (where.cluster.empty()) work.note = "The plan names no cluster for this: kubectl acts on its current context.";
    else command += " --context=" + bash_quote(where.cluster);
    if (!where.in_namespace.empty()) command += " --namespace=" + bash_quote(where.in_namespace);
    return command;
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
    return fmt::format("postgres_in {} {} {}", bash_quote(where.cluster), bash_quote(where.in_namespace), bash_quote(workload));
}

}  // namespace muster::backends::runbook
