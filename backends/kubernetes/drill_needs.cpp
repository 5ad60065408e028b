#include <algorithm>
#include <array>

#include "backends/jobs/drill_script.h"
#include "backends/jobs/tools.h"
#include "backends/kubernetes/access.h"

namespace muster::backends::kubernetes {
namespace {

using jobs::Job;
using model::Backup;
using model::Plan;

// The API server lets a job ask for its own namespace, make pods in it, run commands in them and take them away.
std::vector<Rule> drill_rules(const std::string& in_namespace) {
    return {{"", {"namespaces"}, {"get"}, {in_namespace}},
            {"", {"pods"}, {"get", "list", "watch", "create", "delete"}, {}},
            {"", {"pods/exec"}, {"create"}, {}}};
}

// The image that has the most of what a drill calls beside kubectl and tar, and what it lacks all the same.
void choose_drill_image(const Plan& plan, const std::vector<jobs::Rehearsal>& rehearsals, Container& container, Needs& needs) {
    std::set<std::string> tools;
    for (const jobs::Rehearsal& one : rehearsals) {
        const std::string kind = jobs::shelf_of(plan.stores[one.store]).kind;
        const std::string& encryption = plan.copies[one.copy].backup()->encrypted_with;
        if (kind == "s3") tools.insert("aws");
        if (kind == "gcs") tools.insert("gsutil");
        if (!encryption.empty()) tools.insert(encryption);
    }
    const bool google = tools.contains("gsutil") || (tools.contains("gpg") && !tools.contains("aws"));
    container.image = google ? jobs::gcloud_and_kubectl_image : jobs::kubectl_and_aws_image;
    for (const std::string_view there : google ? std::array{"gsutil", "gpg"} : std::array{"aws", "aws"}) tools.erase(std::string(there));
    note_lack(container.image, tools, needs);
}

void add_drill_store(const Plan& plan, const jobs::Rehearsal& one, Container& container, Needs& needs) {
    for (const Secret& secret : secrets_of_store(plan, one.store))
        if (std::ranges::none_of(container.secrets, [&](const Secret& known) { return known.name == secret.name; }))
            container.secrets.push_back(secret);
    const Backup& backup = *plan.copies[one.copy].backup();
    if (!backup.encrypted_with.empty()) container.secrets.push_back(key_secret(backup.encrypted_with, backup.key, true));
    add_store(plan, one.store, true, needs);
}

}  // namespace

Needs drill_needs(const Plan& plan, const support::Sources& sources, const Job& job, jobs::Instant as_of) {
    const model::Drill& drill = plan.drills[*job.drill];
    const jobs::DrillPlan drills = jobs::drill_plan(plan, drill, analysis::Schedules(plan, as_of));
    Needs needs;
    needs.for_terminals = true;
    needs.files.emplace_back("run.sh", jobs::drill_script(plan, sources, drill, as_of));
    Container container{"drill", std::string(jobs::kubectl_and_aws_image), {"bash", "/muster/run.sh"}, {}};
    std::optional<support::Size> size = support::Size{};
    for (const jobs::Rehearsal& one : drills.rehearsals) {
        add_drill_store(plan, one, container, needs);
        const auto more = jobs::size_of(plan, plan.copies[one.copy]);
        size = size && more && size->bytes < most_space ? std::optional(support::Size{size->bytes + std::min(more->bytes, most_space)})
                                                        : std::nullopt;
    }
    choose_drill_image(plan, drills.rehearsals, container, needs);
    needs.containers.push_back(container);
    if (!drills.rehearsals.empty()) {
        const std::string scratch = jobs::scratch_namespace(drill);
        use_api(drill_rules(scratch), scratch, needs);
        needs.makes_namespace = true;
    }
    set_space(needs, size, 2, "the copies");
    return needs;
}

}  // namespace muster::backends::kubernetes
