#include "backends/jobs/cluster_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "backends/jobs/names.h"
#include "backends/jobs/parts.h"
#include "backends/jobs/retention.h"
#include "backends/shell/quote.h"

namespace muster::backends::jobs {
namespace {

using model::Backup;
using model::Copy;
using model::Plan;

// Velero knows one length for all its backups; what is to be kept forever it keeps for a hundred years.
std::string keep_for(const Backup& backup) {
    constexpr std::chrono::hours forever{24 * 36500};
    Time longest{0};
    for (const model::Retention& line : backup.keep) longest = std::max(longest, line.length.value_or(forever));
    return fmt::format("{}h0m0s", std::chrono::ceil<std::chrono::hours>(backup.keep.empty() ? Time{forever} : longest).count());
}

// Snapshots lie beside their volumes, whatever stores the plan names: every line of `keep` holds.
std::string kept_of_snapshots(const Backup& backup) {
    const bool forever = std::any_of(backup.keep.begin(), backup.keep.end(), [](const model::Retention& line) {
        return line.grade == model::Retention::Grade::all && !line.length;
    });
    return forever ? "" : kept_words(backup.keep);
}

}  // namespace

std::string object_of(const Plan& plan, const Copy& copy) {
    constexpr std::size_t longest = 40;
    std::string name = copy.heading.name;
    for (const auto& data : copy.of) name += "-" + plan.data[data.value].heading.name;
    return object_name(name, longest);
}

std::string claim_of_data(const model::Dataset& data) { return object_name("data-" + data.heading.name); }

std::vector<std::string> namespaces_of(const Plan& plan) {
    std::set<std::string> names;
    for (const model::Service& service : plan.services)
        if (service.workload && service.workload->kind != "managed" && !service.workload->in_namespace.empty())
            names.insert(object_name(service.workload->in_namespace));
    if (names.empty()) names.insert("default");
    return {names.begin(), names.end()};
}

std::string cluster_script(const Plan& plan, const Job& job, Tool tool) {
    const Copy& copy = plan.copies[*job.copy];
    std::string script = "\nreadonly object=" + shell::quote(object_of(plan, copy)) + "\n";
    if (tool == Tool::velero) {
        std::string list;
        for (const std::string& name : namespaces_of(plan)) list += (list.empty() ? "\"" : ", \"") + name + "\"";
        return script + "readonly namespaces='" + list + "' keep_for=" + keep_for(*copy.backup()) + "\n" + part("velero");
    }
    if (tool == Tool::cnpg) {
        std::string clusters;
        for (const auto& data : copy.of) clusters += (clusters.empty() ? "" : " ") + object_name(host_of(plan, data.value));
        return script + "readonly clusters=(" + clusters + ")\n" + part("cnpg");
    }
    std::string claims;
    for (const auto& data : copy.of) claims += (claims.empty() ? "" : " ") + claim_of_data(plan.data[data.value]);
    script += "readonly claims=(" + claims + ") keep=(" + kept_of_snapshots(*copy.backup()) + ")\n";
    return script + part("prune") + part("snapshot");
}

}  // namespace muster::backends::jobs
