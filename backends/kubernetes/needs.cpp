#include "backends/kubernetes/needs.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/jobs/cluster_script.h"
#include "backends/jobs/log_script.h"
#include "backends/jobs/names.h"
#include "backends/jobs/restic.h"
#include "backends/jobs/script.h"
#include "backends/jobs/tools.h"
#include "backends/kubernetes/access.h"

namespace muster::backends::kubernetes {
namespace {

using jobs::Job;
using jobs::object_name;
using jobs::Tool;
using model::Backup;
using model::Copy;
using model::Plan;
using support::Id;
using How = model::Verification::How;

bool is_postgres(Tool tool) { return tool == Tool::pg_dump || tool == Tool::pg_basebackup; }
bool needs_secret(Tool tool) { return is_postgres(tool) || tool == Tool::mongodump; }
bool reads_secret(Tool tool) { return needs_secret(tool) || tool == Tool::redis || tool == Tool::git; }
bool runs_server(Tool tool) { return needs_secret(tool) || tool == Tool::redis; }

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
    std::string image = backup.image.empty() ? jobs::image_of(tool, engine, backup.own_command) : backup.image;
    // Beside kubectl it has to have gpg.
    if (tool == Tool::secrets && backup.image.empty() && backup.encrypted_with == "gpg") image = jobs::gcloud_and_kubectl_image;
    return {plan, job, copy, backup, tool, image};
}

void add_making(const JobIn& in, Needs& needs) {
    for (std::size_t i = 0; i < in.copy.of.size(); ++i) {
        Container container{object_name("make-" + in.data_name(i)), in.image, {"bash", "/muster/run.sh", "make", in.data_name(i)}, {}};
        if (reads_secret(in.tool)) container.secrets.push_back(data_secret(in.plan, in.copy.of[i].value, in.tool, !needs_secret(in.tool)));
        if (!in.backup.encrypted_with.empty()) container.secrets.push_back(key_secret(in.backup.encrypted_with, in.backup.key, false));
        if (in.backup.encrypted_with == "age" && in.backup.image.empty()) note_lack(in.image, {"age"}, needs);
        needs.containers.push_back(container);
    }
}

void add_storing(const JobIn& in, Needs& needs) {
    const auto stores = jobs::first_stores(in.backup);
    for (const auto id : stores) {
        const std::string& name = in.plan.stores[id].heading.name;
        needs.containers.push_back({object_name("store-" + name),
                                    image_for_store(in.plan, id, in.image, in.backup.image),
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
    if (is_postgres(in.tool)) add_database(in.plan, in.copy, 5432, needs);
    if (in.tool == Tool::mongodump) add_database(in.plan, in.copy, 27017, needs);
    if (in.tool == Tool::redis) add_database(in.plan, in.copy, 6379, needs);
    if (in.tool == Tool::git) needs.ways_out.push_back({{22, 443}, false, {}, {}});
    if (in.tool == Tool::tar) add_files(in.plan, in.copy, true, needs);
    // SQLite writes beside a database to read it while others write.
    if (in.tool == Tool::sqlite) add_files(in.plan, in.copy, false, needs);
    if (in.tool == Tool::kubectl) use_api(reading_rules(), in.job.in_namespace, needs);
    if (in.tool == Tool::secrets) use_api(secret_rules(), in.job.in_namespace, needs);
    set_space(needs, jobs::size_of(in.plan, in.copy), in.backup.encrypted_with.empty() ? 1 : 2, "the copy");
}

// Nobody knows what the team's own command connects to.
void add_own_backup(const JobIn& in, Needs& needs) {
    Container container{"run", in.image, {"bash", "/muster/run.sh"}, {}};
    for (const auto& data : in.copy.of)
        if (!jobs::engine_of(in.plan, data.value).empty()) container.secrets.push_back(data_secret(in.plan, data.value, Tool::own, true));
    for (const auto id : jobs::first_stores(in.backup)) {
        std::ranges::copy(secrets_of_store(in.plan, id), std::back_inserter(container.secrets));
        add_store(in.plan, id, false, needs);
    }
    needs.containers.push_back(container);
    needs.files.emplace_back("own.sh", in.backup.own_command);
    add_files(in.plan, in.copy, true, needs);
    if (const auto rules = rules_for(in.backup.own_command); !rules.empty()) use_api(rules, in.job.in_namespace, needs);
    needs.any_way_out = true;
    if (in.backup.image.empty()) {
        needs.image_as = "chosen by the first tools that the command names; where it needs more, the plan has to name an image";
        note_lack(in.image, jobs::tools_lacking(in.image, in.backup.own_command), needs);
    }
    needs.ways_out_as = "anywhere: the plan does not say what its own command connects to";
    set_space(needs, jobs::size_of(in.plan, in.copy), 1, "the copy");
}

// The cluster makes the copy: the job asks for it.
void add_asking(const JobIn& in, Needs& needs) {
    needs.containers.push_back({"run", in.image, {"bash", "/muster/run.sh"}, {}});
    if (in.tool == Tool::velero) use_api(velero_rules(), std::string(jobs::velero_namespace), needs);
    else if (in.tool == Tool::cnpg) use_api(cnpg_rules(), in.job.in_namespace, needs);
    else use_api(snapshot_rules(), in.job.in_namespace, needs);
    needs.space = 64 * mebibyte;
    needs.space_as = "the cluster keeps the copy";
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
    if (!verifies) add_files(in.plan, in.copy, true, needs);
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
        if (in.tool == Tool::pg_basebackup) container.secrets.push_back(data_secret(in.plan, in.copy.of[i].value, in.tool, false));
        if (!in.backup.encrypted_with.empty()) container.secrets.push_back(key_secret(in.backup.encrypted_with, in.backup.key, true));
        if (in.backup.encrypted_with == "age" && in.backup.image.empty()) note_lack(in.image, {"age"}, needs);
        needs.containers.push_back(container);
    }
    needs.heavy = runs_server(in.tool);
}

void add_verification(const JobIn& in, Needs& needs) {
    const How how = in.backup.verifications[in.job.verification].how;
    const auto store = store_to_verify(in);
    const std::string name = store ? in.plan.stores[*store].heading.name : "any store: it names none";
    Container fetch{"fetch",
                    store ? image_for_store(in.plan, *store, in.image, in.backup.image) : in.image,
                    {"bash", "/muster/run.sh", "fetch", name},
                    {}};
    if (store) {
        fetch.secrets = secrets_of_store(in.plan, *store);
        add_store(in.plan, *store, true, needs);
    }
    needs.containers.push_back(fetch);
    if (how == How::restore) add_restoring(in, needs);
    set_space(needs, how == How::listing ? support::Size{} : jobs::size_of(in.plan, in.copy), how == How::restore ? 4 : 1, "the copy");
}

// Fetched beside the database, taken to each store, and only then given up by the database.
Needs log_needs(const Plan& plan, const support::Sources& sources, const Job& job) {
    const Copy& copy = plan.copies[*job.copy];
    const model::Archive& archive = *copy.archive();
    const std::string image = jobs::image_of(Tool::pg_basebackup, jobs::engine_of(plan, copy.of.front().value), {});
    Needs needs;
    needs.files.emplace_back("run.sh", jobs::script_of(plan, sources, job));
    std::vector<Container> after;
    for (const auto& data : copy.of) {
        const std::string& name = plan.data[data.value].heading.name;
        const Secret secret = data_secret(plan, data.value, Tool::pg_basebackup, false);
        Container fetching{object_name("receive-" + name), image, {"bash", "/muster/run.sh", "receive", name}, {secret}};
        if (!archive.encrypted_with.empty()) fetching.secrets.push_back(key_secret(archive.encrypted_with, archive.key, false));
        needs.containers.push_back(fetching);
        after.push_back({object_name("release-" + name), image, {"bash", "/muster/run.sh", "release", name}, {secret}});
    }
    if (archive.encrypted_with == "age") note_lack(image, {"age"}, needs);
    for (const auto id : jobs::first_stores(archive)) {
        const std::string& name = plan.stores[id].heading.name;
        needs.containers.push_back({object_name("store-" + name),
                                    image_for_store(plan, id, image, {}),
                                    {"bash", "/muster/run.sh", "store", name},
                                    secrets_of_store(plan, id)});
        add_store(plan, id, false, needs);
    }
    std::ranges::copy(after, std::back_inserter(needs.containers));
    add_database(plan, copy, 5432, needs);
    needs.space = jobs::room_of_log(plan, copy) + 256 * mebibyte;
    needs.space_as = "what changes in three intervals, as it comes and packed, at least 2 GiB; more waits for the next run";
    return needs;
}

// What a check by a command connects to nobody knows; one by SQL asks a PostgreSQL.
Needs check_needs(const Plan& plan, const support::Sources& sources, const Job& job) {
    const model::Detector& detector = plan.detectors[*job.detector];
    const bool sql = detector.check->how == model::Probe::How::sql;
    Needs needs;
    needs.files.emplace_back("run.sh", jobs::script_of(plan, sources, job));
    const std::string image = sql ? jobs::postgres_image("") : std::string(jobs::kubectl_and_aws_image);
    const std::string holds =
        sql ? "PGUSER, PGPASSWORD, PGDATABASE, and PGHOST where the host is another" : "what the command reads from its environment";
    needs.containers.push_back(
        {"check", image, {"bash", "/muster/run.sh"}, {{object_name("muster-check-" + detector.heading.name), !sql, holds}}});
    needs.space = 64 * mebibyte;
    needs.space_as = "a check keeps nothing";
    if (sql) {
        needs.ways_out.push_back({{5432}, false, {}, {}});
        return needs;
    }
    needs.files.emplace_back("own.sh", detector.check->text);
    if (const auto rules = rules_for(detector.check->text); !rules.empty()) use_api(rules, job.in_namespace, needs);
    needs.any_way_out = true;
    needs.ways_out_as = "anywhere: the plan does not say what its own command connects to";
    needs.image_as = "chosen without knowledge of what the command needs: put one in its place that has it";
    return needs;
}

// What the plan names is taken as it stands; what has no release changes without notice.
void note_release(const std::string& image, Needs& needs) {
    const std::string name = image.substr(image.rfind('/') + 1);
    const bool named = name.find('@') != std::string::npos || (name.find(':') != std::string::npos && !name.ends_with(":latest"));
    if (!image.empty() && !named) needs.image_as = "the plan names no release of " + image + ": what runs changes without notice";
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
    } else if (job.kind == Job::Kind::check) {
        needs = check_needs(plan, sources, job);
    } else if (job.kind == Job::Kind::log) {
        needs = log_needs(plan, sources, job);
    } else {
        const JobIn in = job_in(plan, job);
        std::string script = jobs::script_of(plan, sources, job);
        needs.files.emplace_back("run.sh", std::move(script));
        if (in.tool == Tool::restic) add_restic(in, job.kind == Job::Kind::verification, needs);
        else if (job.kind == Job::Kind::verification) add_verification(in, needs);
        else if (in.tool == Tool::own) add_own_backup(in, needs);
        else if (jobs::kept_by_cluster(in.tool)) add_asking(in, needs);
        else add_generated_backup(in, needs);
        note_release(in.backup.image, needs);
    }
    if (needs.ways_out_as.empty()) needs.ways_out_as = "names, and what the job reads from and writes to";
    needs.ways_out.insert(needs.ways_out.begin(), {{53}, true, {}, {}});
    drop_doubles(needs);
    return needs;
}

std::string claim_of(const model::Store& store) { return object_name("store-" + store.heading.name); }

}  // namespace muster::backends::kubernetes
