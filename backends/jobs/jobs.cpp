#include "backends/jobs/jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "backends/jobs/names.h"
#include "backends/jobs/planned.h"
#include "backends/jobs/tools.h"

namespace muster::backends::jobs {
namespace {

using model::Backup;
using model::Copy;
using model::Plan;

struct Gathering {
    const Plan& plan;
    const Schedules& schedules;
    Gaps gaps;
    Jobs jobs;
    std::vector<std::string> identities;  // of each job: what no other job has

    void leave_out(std::string what, std::string why) { jobs.left_out.push_back({std::move(what), std::move(why)}); }

    void keep(Job job, const Home& home, std::string identity) {
        job.site = home.site;
        job.cluster = home.cluster;
        job.in_namespace = home.in_namespace;
        jobs.all.push_back(std::move(job));
        identities.push_back(std::move(identity));
    }
};

std::string joined(const Gathering& in, const Copy& copy, const std::string& kind, const std::string& separator) {
    std::string name = kind + separator + copy.heading.name;
    for (const auto& data : copy.of) name += separator + in.plan.data[data.value].heading.name;
    return name;
}

// Why no job makes a copy that has a schedule; empty where one can.
std::string not_here(const Plan& plan, const Copy& copy) {
    if (tool_of(plan, copy) == Tool::secrets && copy.backup()->encrypted_with.empty())
        return "it is not encrypted: whoever reaches the store would read the Secrets";
    if (tool_of(plan, copy) != Tool::snapshot) return {};
    for (const auto& data : copy.of)
        for (const auto& holder : plan.data[data.value].in) {
            const model::Service& service = plan.services[holder.value];
            if (service.workload && service.workload->kind == "managed")
                return service.heading.name + " is managed: its provider makes its snapshots";
        }
    return {};
}

// Jobs store copies; what moves them to another store later is a rule of the store.
std::string why_not_moved(const Plan& plan, const Copy& copy, const model::Store& later) {
    const auto is_later = [&](Id<model::Store> first) { return shelf_of(plan.stores[first]) == shelf_of(later); };
    if (std::ranges::none_of(first_stores(*copy.backup()), is_later)) return "no job copies from store to store";
    const std::string_view kept = tool_of(plan, copy) == Tool::own ? "" : "; the job keeps it as long as the plan says";
    return fmt::format("a lifecycle rule of {} changes its storage class{}", later.location, kept);
}

void leave_out_moves(Gathering& in, const Copy& copy, const std::string& what) {
    for (const model::Destination& destination : copy.backup()->to) {
        if (!destination.after) continue;
        const model::Store& later = in.plan.stores[destination.store];
        in.leave_out(fmt::format("{}, moved to {} after {}", what, later.heading.name, support::format_duration(*destination.after)),
                     why_not_moved(in.plan, copy, later));
    }
}

void add_backup(Gathering& in, Id<Copy> id) {
    const Copy& copy = in.plan.copies[id];
    const Backup& backup = *copy.backup();
    const std::string what = std::string(copy.kind_name()) + " " + qualified_name(in.plan, id);
    if (const std::string why = not_here(in.plan, copy); !why.empty()) return in.leave_out(what, why);
    if (!backup.schedule) return in.leave_out(what, "it has no schedule");
    Job job{.kind = Job::Kind::backup,
            .copy = id,
            .name = joined(in, copy, "backup", "-"),
            .schedule = *backup.schedule,
            .span = copy.heading.span};
    if (!set_backup_times(in.plan, copy, job, in.gaps)) return in.leave_out(what, "its schedule never starts twice");
    leave_out_moves(in, copy, what);
    in.keep(std::move(job), home_of(in.plan, copy), joined(in, copy, "backup", "/"));
}

void add_verification(Gathering& in, Id<Copy> id, std::size_t number) {
    const Copy& copy = in.plan.copies[id];
    const model::Verification& verification = copy.backup()->verifications[number];
    const std::string what = "verification of " + qualified_name(in.plan, id);
    const Tool tool = tool_of(in.plan, copy);
    if (tool == Tool::own || kept_by_cluster(tool)) return in.leave_out(what, "only what a generated backup wrote can be read back");
    if (!verification.schedule) return in.leave_out(what, "it has no schedule");
    const std::string suffix = number == 0 ? "" : fmt::format("-{}", number + 1);
    Job job{.kind = Job::Kind::verification,
            .copy = id,
            .verification = number,
            .name = joined(in, copy, "verify", "-") + suffix,
            .schedule = *verification.schedule,
            .span = verification.span};
    const auto planned =
        verification.takes ? std::optional(verification.takes->value.planning()) : restore_planned(in.plan, copy, id, in.schedules);
    if (!set_other_times(job, planned, verification.takes ? "takes" : "restore", in.gaps))
        return in.leave_out(what, "its schedule never starts twice");
    in.keep(std::move(job), home_of(in.plan, copy), joined(in, copy, "verify", "/") + fmt::format("/{}", number));
}

void add_drill(Gathering& in, Id<model::Drill> id) {
    const model::Drill& drill = in.plan.drills[id];
    const std::string what = "drill " + drill.heading.name;
    if (!drill.schedule) return in.leave_out(what, "it has no schedule");
    Job job{.kind = Job::Kind::drill,
            .drill = id,
            .name = "drill-" + drill.heading.name,
            .schedule = *drill.schedule,
            .span = drill.heading.span};
    const auto rehearsals = drill_plan(in.plan, drill, in.schedules).rehearsals;
    const std::string production = service_in_namespace(in.plan, scratch_namespace(drill));
    if (!rehearsals.empty() && !production.empty())
        return in.leave_out(what, production + " runs in its namespace " + scratch_namespace(drill) + ": it needs one of its own");
    const auto planned = drill.took ? drill.took : planned_of(in.plan, rehearsals, in.schedules);
    if (!set_other_times(job, planned, drill.took ? "took last time" : "restores", in.gaps))
        return in.leave_out(what, "its schedule never starts twice");
    // Where the folders of its stores are mounted is where the copies are made.
    const Home home =
        rehearsals.empty() ? home_at(in.plan, first_active_site(in.plan)) : home_of(in.plan, in.plan.copies[rehearsals.front().copy]);
    in.keep(std::move(job), home, "drill/" + drill.heading.name);
}

// A check that Prometheus cannot make itself, as often as the detector looks.
void add_check(Gathering& in, Id<model::Detector> id) {
    const model::Detector& detector = in.plan.detectors[id];
    if (!detector.check || (detector.check->how != model::Probe::How::sql && detector.check->how != model::Probe::How::run)) return;
    const std::string what = "check of detector " + detector.heading.name;
    if (!detector.every) return in.leave_out(what, "it has no interval");
    const Time every = detector.every->value;
    if (every < std::chrono::minutes{1}) return in.leave_out(what, "no CronJob starts more often than every minute");
    Job job{.kind = Job::Kind::check, .detector = id, .name = "check-" + detector.heading.name, .span = detector.heading.span};
    job.schedule.interval = every;
    job.schedule.zone = "UTC";
    job.schedule.written = "every " + support::format_duration(every);
    if (!set_other_times(job, every / 10, "a tenth of its interval:", in.gaps))
        return in.leave_out(what, "its schedule never starts twice");
    const auto site = detector.at.empty() ? first_active_site(in.plan) : std::optional(detector.at.front().value);
    in.keep(std::move(job), home_at(in.plan, site), "check/" + detector.heading.name);
}

// Why no job ships a log that the plan wants shipped by one; empty where it can.
std::string not_shipped(const Plan& plan, const Copy& copy) {
    if (!copy.archive()->every) return "it has no interval";
    if (copy.archive()->every->value < std::chrono::minutes{1}) return "no CronJob starts more often than every minute";
    if (first_stores(*copy.archive()).empty()) return "it names no store";
    const bool postgres =
        std::ranges::all_of(copy.of, [&](const auto& data) { return engine_of(plan, data.value).starts_with("postgres"); });
    return postgres ? "" : "pg_receivewal ships the log of PostgreSQL alone";
}

void add_log(Gathering& in, Id<Copy> id) {
    const Copy& copy = in.plan.copies[id];
    if (!shipped_by_job(*copy.archive())) return;
    const std::string what = "archive " + qualified_name(in.plan, id);
    if (const std::string why = not_shipped(in.plan, copy); !why.empty()) return in.leave_out(what, why);
    Job job{.kind = Job::Kind::log, .copy = id, .name = joined(in, copy, "archive", "-"), .span = copy.heading.span};
    job.schedule.interval = copy.archive()->every->value;
    job.schedule.zone = "UTC";
    job.schedule.written = "every " + support::format_duration(copy.archive()->every->value);
    if (!set_log_times(*copy.archive(), job, in.gaps)) return in.leave_out(what, "its schedule never starts twice");
    in.keep(std::move(job), home_of(in.plan, copy), joined(in, copy, "archive", "/"));
    if (!copy.archive()->verifications.empty())
        in.leave_out("verification of " + qualified_name(in.plan, id), "only a backup is read back by a job");
}

// `a-b` of `c` and `a` of `b-c` want the same name; so can long names once they are cut.
void make_names_unique(Gathering& in) {
    std::map<std::string, int> wanted;
    for (const Job& job : in.jobs.all) ++wanted[job.name];
    for (std::size_t i = 0; i < in.jobs.all.size(); ++i) {
        std::string& name = in.jobs.all[i].name;
        name = wanted[name] > 1 ? distinct_name(name, in.identities[i], longest_cronjob_name) : object_name(name, longest_cronjob_name);
    }
}

std::vector<Id<model::Store>> without_later(const std::vector<model::Destination>& to) {
    std::vector<Id<model::Store>> stores;
    for (const model::Destination& destination : to)
        if (!destination.after && std::ranges::find(stores, destination.store) == stores.end()) stores.push_back(destination.store);
    return stores;
}

// Where a service is brought up its data has to be backed up as well, with the same words.
void add_standbys(Gathering& in) {
    const std::size_t made = in.jobs.all.size();
    for (std::size_t i = 0; i < made; ++i) {
        if (!in.jobs.all[i].copy) continue;
        const Home home = home_of(in.plan, in.plan.copies[*in.jobs.all[i].copy]);
        for (const auto site : standby_sites(in.plan, in.plan.copies[*in.jobs.all[i].copy], home)) {
            Job job = in.jobs.all[i];
            job.standby = true;
            job.site = in.plan.sites[site].heading.name;
            job.cluster = in.plan.sites[site].cluster;
            in.jobs.all.push_back(std::move(job));
        }
    }
}

}  // namespace

Jobs jobs_of(const Plan& plan, Instant as_of) {
    const Schedules schedules(plan, as_of);
    Gathering in{plan, schedules, Gaps(as_of), {}, {}};
    for (const Id<Copy> id : plan.copies.ids()) {
        if (plan.copies[id].archive() != nullptr) add_log(in, id);
        const Backup* backup = plan.copies[id].backup();
        if (backup == nullptr) continue;
        add_backup(in, id);
        for (std::size_t i = 0; i < backup->verifications.size(); ++i) add_verification(in, id, i);
    }
    for (const auto id : plan.drills.ids()) add_drill(in, id);
    for (const auto id : plan.detectors.ids()) add_check(in, id);
    make_names_unique(in);
    add_standbys(in);
    return std::move(in.jobs);
}

std::vector<Id<model::Store>> first_stores(const Backup& backup) { return without_later(backup.to); }

std::vector<Id<model::Store>> first_stores(const model::Archive& archive) { return without_later(archive.to); }

std::string scratch_namespace(const model::Drill& drill) {
    return object_name(drill.in_namespace.empty() ? "drill-" + drill.heading.name : drill.in_namespace);
}

std::string drills_of(const Plan& plan) { return object_name(plan.heading.name.empty() ? "plan" : plan.heading.name); }

std::string place_of(const support::Sources& sources, const support::Span& span) {
    return fmt::format("{}:{}", sources[span.file].path(), span.begin.line);
}

}  // namespace muster::backends::jobs
