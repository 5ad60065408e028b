#include "backends/kubernetes/needs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "backends/jobs/drill_script.h"
#include "backends/jobs/names.h"
#include "backends/jobs/script.h"
#include "backends/jobs/tools.h"

namespace muster::backends::kubernetes {
namespace {

using jobs::Job;
using jobs::object_name;
using jobs::Shelf;
using jobs::Tool;
using model::Backup;
using model::Copy;
using model::Plan;
using support::Id;
using How = model::Verification::How;

constexpr std::int64_t mebibyte = std::int64_t{1} << 20;
constexpr std::int64_t little_space = 256 * mebibyte;
constexpr std::int64_t most_space = std::int64_t{1} << 50;

// What is needed beside the files themselves: `times` their size and a tenth.
void set_space(Needs& needs, std::optional<support::Size> size, int times, const std::string& of) {
    constexpr std::int64_t unknown = 10'240 * mebibyte;
    needs.space = size ? std::min(size->bytes / 10, most_space / 100) * 11 * times + little_space : unknown;
    needs.space_as = size ? fmt::format("{} × {} of {} and a tenth", times, support::format_size(*size), of)
                          : fmt::format("the plan does not say how large {} is", of);
}

bool is_postgres(Tool tool) { return tool == Tool::pg_dump || tool == Tool::pg_basebackup; }

Secret data_secret(const Plan& plan, Id<model::Dataset> data, bool optional) {
    return {object_name("muster-data-" + plan.data[data].heading.name), optional,
            "PGUSER, PGPASSWORD, PGDATABASE, and PGHOST where the host is another"};
}

Secret store_secret(const model::Store& store) {
    return {object_name("muster-store-" + store.heading.name), true,
            "what the store's client reads, such as AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_ENDPOINT_URL"};
}

// A key of a service account of Google, where the cluster gives its pods no identity: its clients read it from a file.
Secret google_secret(const model::Store& store) {
    return {object_name("muster-google-" + store.heading.name), true, "key.json, the key of a service account", "key.json",
            "MUSTER_GOOGLE_KEY"};
}

Secret key_secret(const Backup& backup, bool to_read) {
    const std::string name = object_name("muster-key-" + backup.key + (to_read ? "-private" : ""));
    if (backup.encrypted_with != "age") return {name, false, to_read ? "MUSTER_GPG_PRIVATE_KEY" : "MUSTER_GPG_PUBLIC_KEY"};
    if (to_read) return {name, false, "identity, the file of the age identity", "identity", "MUSTER_AGE_IDENTITY"};
    return {name, false, "MUSTER_AGE_RECIPIENT"};
}

// Says that the image does not do: the job fails until another is put in its place.
void note_lack(const std::string& image, const std::set<std::string>& tools, Needs& needs) {
    if (tools.empty()) return;
    needs.image_as = image + " has no ";
    for (const std::string& tool : tools) needs.image_as += (tool == *tools.begin() ? "" : ", ") + tool;
    needs.image_as += ": put one in its place that has";
    needs.image_lacks = true;
}

void add_store(const Plan& plan, Id<model::Store> id, bool read_only, Needs& needs) {
    const Shelf shelf = jobs::shelf_of(plan.stores[id]);
    if (shelf.is_folder()) needs.mounts.push_back({claim_of(plan.stores[id]), shelf.place, {}, read_only});
    if (shelf.kind == "s3" || shelf.kind == "gcs") needs.ways_out.push_back({{443}, false, {}, {}});
    if (shelf.kind != "gcs") return;
    // Where pods get their identity from a metadata server.
    needs.ways_out.push_back({{80}, false, {}, "169.254.169.254/32"});
    needs.ways_out.push_back({{988}, false, {}, "169.254.169.252/32"});
}

std::string image_for_store(const Plan& plan, Id<model::Store> store, const std::string& tool_image, const Backup& backup) {
    if (!backup.image.empty()) return backup.image;
    const std::string kind = jobs::shelf_of(plan.stores[store]).kind;
    return kind == "s3" ? std::string(jobs::kubectl_and_aws_image) : kind == "gcs" ? std::string(jobs::gcloud_image) : tool_image;
}

std::vector<Secret> secrets_of_store(const Plan& plan, Id<model::Store> store) {
    const Shelf shelf = jobs::shelf_of(plan.stores[store]);
    if (!shelf.reachable() || shelf.is_folder()) return {};
    std::vector<Secret> secrets{store_secret(plan.stores[store])};
    if (shelf.kind == "gcs") secrets.push_back(google_secret(plan.stores[store]));
    return secrets;
}

void add_database(const Plan& plan, const Copy& copy, Needs& needs) {
    for (const auto& data : copy.of) {
        const auto& holders = plan.data[data.value].in;
        const auto* workload =
            holders.empty() || !plan.services[holders.front().value].workload ? nullptr : &*plan.services[holders.front().value].workload;
        const bool inside = workload != nullptr && workload->kind != "managed" && !workload->in_namespace.empty();
        needs.ways_out.push_back({{5432}, false, inside ? object_name(workload->in_namespace) : "", {}});
    }
}

// The files of the data, from a claim of its name; each path that can be mounted is a folder of that volume.
void add_files(const Plan& plan, const Copy& copy, Needs& needs) {
    for (const auto& data : copy.of) {
        std::vector<std::string> paths;
        for (const std::string& file : plan.data[data.value].files)
            if (const auto path = jobs::mountable(file)) paths.push_back(*path);
        const std::string claim = object_name("data-" + plan.data[data.value].heading.name);
        for (const std::string& path : paths) needs.mounts.push_back({claim, path, paths.size() > 1 ? path.substr(1) : "", true});
    }
}

void use_api(const std::vector<Rule>& rules, const std::string& in_namespace, Needs& needs) {
    needs.rules = rules;
    needs.rules_namespace = in_namespace;
    needs.ways_out.push_back({{443, 6443}, false, {}, {}});
}

std::vector<Rule> reading_rules() {
    const std::vector<std::string> read{"get", "list"};
    return {{"",
             {"configmaps", "persistentvolumeclaims", "pods", "pods/log", "replicationcontrollers", "serviceaccounts", "services"},
             read,
             {}},
            {"apps", {"daemonsets", "deployments", "replicasets", "statefulsets"}, read, {}},
            {"autoscaling", {"horizontalpodautoscalers"}, read, {}},
            {"batch", {"cronjobs", "jobs"}, read, {}},
            {"networking.k8s.io", {"ingresses", "networkpolicies"}, read, {}},
            {"policy", {"poddisruptionbudgets"}, read, {}}};
}

struct JobIn {
    const Plan& plan;
    const Job& job;
    const Copy& copy;
    const Backup& backup;
    Tool tool;
    std::string image;  // of the tool

    [[nodiscard]] const std::string& data_name(std::size_t i) const { return plan.data[copy.of[i].value].heading.name; }
};

JobIn job_in(const Plan& plan, const Job& job) {
    const Copy& copy = plan.copies[*job.copy];
    const Backup& backup = *copy.backup();
    const Tool tool = jobs::tool_of(plan, copy);
    const std::string engine = copy.of.empty() ? "" : jobs::engine_of(plan, copy.of.front().value);
    return {plan, job, copy, backup, tool, backup.image.empty() ? jobs::image_of(tool, engine, backup.own_command) : backup.image};
}

void add_making(const JobIn& in, Needs& needs) {
    for (std::size_t i = 0; i < in.copy.of.size(); ++i) {
        Container container{object_name("make-" + in.data_name(i)), in.image, {"bash", "/muster/run.sh", "make", in.data_name(i)}, {}};
        if (is_postgres(in.tool)) container.secrets.push_back(data_secret(in.plan, in.copy.of[i].value, false));
        if (!in.backup.encrypted_with.empty()) container.secrets.push_back(key_secret(in.backup, false));
        if (in.backup.encrypted_with == "age" && in.backup.image.empty()) note_lack(in.image, {"age"}, needs);
        needs.containers.push_back(container);
    }
}

void add_storing(const JobIn& in, Needs& needs) {
    const auto stores = jobs::first_stores(in.backup);
    for (const auto id : stores) {
        const std::string& name = in.plan.stores[id].heading.name;
        needs.containers.push_back({object_name("store-" + name),
                                    image_for_store(in.plan, id, in.image, in.backup),
                                    {"bash", "/muster/run.sh", "store", name},
                                    secrets_of_store(in.plan, id)});
        add_store(in.plan, id, false, needs);
    }
    if (stores.empty())
        needs.containers.push_back({"store", in.image, {"bash", "/muster/run.sh", "store", "any store: it names none"}, {}});
}

void add_generated_backup(const JobIn& in, Needs& needs) {
    add_making(in, needs);
    add_storing(in, needs);
    if (is_postgres(in.tool)) add_database(in.plan, in.copy, needs);
    if (in.tool == Tool::tar) add_files(in.plan, in.copy, needs);
    if (in.tool == Tool::kubectl) use_api(reading_rules(), in.job.in_namespace, needs);
    set_space(needs, jobs::size_of(in.plan, in.copy), in.backup.encrypted_with.empty() ? 1 : 2, "the copy");
}

// Nobody knows what the team's own command connects to; what it may read of the cluster is what a backup of it would.
void add_own_backup(const JobIn& in, Needs& needs) {
    Container container{"run", in.image, {"bash", "/muster/run.sh"}, {}};
    for (const auto& data : in.copy.of)
        if (!jobs::engine_of(in.plan, data.value).empty()) container.secrets.push_back(data_secret(in.plan, data.value, true));
    for (const auto id : jobs::first_stores(in.backup)) {
        std::ranges::copy(secrets_of_store(in.plan, id), std::back_inserter(container.secrets));
        add_store(in.plan, id, false, needs);
    }
    needs.containers.push_back(container);
    needs.files.emplace_back("own.sh", in.backup.own_command);
    add_files(in.plan, in.copy, needs);
    if (in.backup.own_command.find("kubectl") != std::string::npos) use_api(reading_rules(), in.job.in_namespace, needs);
    needs.any_way_out = true;
    if (in.backup.image.empty()) {
        needs.image_as = "chosen by the first tools that the command names; where it needs more, the plan has to name an image";
        note_lack(in.image, jobs::tools_lacking(in.image, in.backup.own_command), needs);
    }
    needs.ways_out_as = "anywhere: the plan does not say what its own command connects to";
    set_space(needs, jobs::size_of(in.plan, in.copy), 1, "the copy");
}

void add_restic(const JobIn& in, bool verifies, Needs& needs) {
    constexpr std::int64_t cache = 2'048 * mebibyte;
    for (const auto id : jobs::first_stores(in.backup)) {
        const std::string& name = in.plan.stores[id].heading.name;
        Container container{object_name((verifies ? "verify-" : "store-") + name),
                            in.image,
                            {"sh", "/muster/run.sh", verifies ? "verify" : "backup", name},
                            secrets_of_store(in.plan, id)};
        container.secrets.push_back({jobs::secret_of_repository(in.plan, in.copy), false, "RESTIC_PASSWORD"});
        needs.containers.push_back(container);
        add_store(in.plan, id, false, needs);
        if (verifies) break;
    }
    if (needs.containers.empty())
        needs.containers.push_back({"store", in.image, {"sh", "/muster/run.sh", "backup", "any store: it names none"}, {}});
    if (!verifies) add_files(in.plan, in.copy, needs);
    needs.space = cache;
    needs.space_as = "the cache of restic";
    if (!verifies || in.backup.verifications[in.job.verification].how != How::restore) return;
    set_space(needs, jobs::size_of(in.plan, in.copy), 1, "the copy");
    needs.space += cache;
}

std::optional<Id<model::Store>> store_to_verify(const JobIn& in) {
    const auto stores = jobs::first_stores(in.backup);
    const auto reachable =
        std::ranges::find_if(stores, [&](Id<model::Store> id) { return jobs::shelf_of(in.plan.stores[id]).reachable(); });
    if (reachable != stores.end()) return *reachable;
    return stores.empty() ? std::nullopt : std::optional(stores.front());
}

void add_restoring(const JobIn& in, Needs& needs) {
    for (std::size_t i = 0; i < in.copy.of.size(); ++i) {
        Container container{
            object_name("restore-" + in.data_name(i)), in.image, {"bash", "/muster/run.sh", "restore", in.data_name(i)}, {}};
        if (in.tool == Tool::pg_basebackup) container.secrets.push_back(data_secret(in.plan, in.copy.of[i].value, false));
        if (!in.backup.encrypted_with.empty()) container.secrets.push_back(key_secret(in.backup, true));
        if (in.backup.encrypted_with == "age" && in.backup.image.empty()) note_lack(in.image, {"age"}, needs);
        needs.containers.push_back(container);
    }
    needs.heavy = is_postgres(in.tool);
}

void add_verification(const JobIn& in, Needs& needs) {
    const How how = in.backup.verifications[in.job.verification].how;
    const auto store = store_to_verify(in);
    const std::string name = store ? in.plan.stores[*store].heading.name : "any store: it names none";
    Container fetch{
        "fetch", store ? image_for_store(in.plan, *store, in.image, in.backup) : in.image, {"bash", "/muster/run.sh", "fetch", name}, {}};
    if (store) {
        fetch.secrets = secrets_of_store(in.plan, *store);
        add_store(in.plan, *store, true, needs);
    }
    needs.containers.push_back(fetch);
    if (how == How::restore) add_restoring(in, needs);
    set_space(needs, how == How::listing ? support::Size{} : jobs::size_of(in.plan, in.copy), how == How::restore ? 4 : 1, "the copy");
}

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
    if (!backup.encrypted_with.empty()) container.secrets.push_back(key_secret(backup, true));
    add_store(plan, one.store, true, needs);
}

Needs drill_needs(const Plan& plan, const support::Sources& sources, const Job& job, jobs::Instant as_of) {
    const model::Drill& drill = plan.drills[*job.drill];
    const jobs::DrillPlan drills = jobs::drill_plan(plan, drill, as_of);
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

// Two stores, or two paths of the data, can be one place: it is mounted once.
void drop_doubles(Needs& needs) {
    std::vector<Mount> once;
    for (const Mount& mount : needs.mounts)
        if (std::ranges::none_of(once, [&](const Mount& known) { return known.path == mount.path; })) once.push_back(mount);
    needs.mounts = std::move(once);
}

}  // namespace

Needs needs_of(const Plan& plan, const support::Sources& sources, const Job& job, jobs::Instant as_of) {
    Needs needs;
    if (job.kind == Job::Kind::drill) {
        needs = drill_needs(plan, sources, job, as_of);
    } else {
        const JobIn in = job_in(plan, job);
        std::string script = jobs::script_of(plan, sources, job);
        needs.files.emplace_back("run.sh", std::move(script));
        if (in.tool == Tool::restic) add_restic(in, job.kind == Job::Kind::verification, needs);
        else if (job.kind == Job::Kind::verification) add_verification(in, needs);
        else if (in.tool == Tool::own) add_own_backup(in, needs);
        else add_generated_backup(in, needs);
    }
    if (needs.ways_out_as.empty()) needs.ways_out_as = "names, and what the job reads from and writes to";
    needs.ways_out.insert(needs.ways_out.begin(), {{53}, true, {}, {}});
    drop_doubles(needs);
    return needs;
}

std::string claim_of(const model::Store& store) { return object_name("store-" + store.heading.name); }

}  // namespace muster::backends::kubernetes
