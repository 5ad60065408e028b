#include "backends/jobs/jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "backends/jobs/drill_script.h"
#include "backends/jobs/names.h"

namespace muster::backends::jobs {
namespace {

using model::Backup;
using model::Copy;
using model::Plan;
using model::Service;
using support::format_duration;

struct Home {
    std::string site = "default";
    std::string cluster;
    std::string in_namespace;
};

const Service* with_namespace(const Plan& plan, const std::vector<Id<Service>>& services) {
    for (const Id<Service> id : services)
        if (plan.services[id].workload && !plan.services[id].workload->in_namespace.empty()) return &plan.services[id];
    return nullptr;
}

std::vector<Id<Service>> holders_and_users(const Plan& plan, const Copy& copy) {
    std::vector<Id<Service>> services;
    for (const auto& data : copy.of)
        for (const auto& holder : plan.data[data.value].in) services.push_back(holder.value);
    for (const auto& data : copy.of)
        for (const Id<Service> id : plan.services.ids())
            if (std::ranges::any_of(plan.services[id].uses, [&](const auto& used) { return used.value == data.value; }))
                services.push_back(id);
    return services;
}

std::optional<Id<model::Site>> first_active_site(const Plan& plan) {
    for (const auto id : plan.sites.ids())
        if (plan.sites[id].standby == model::Site::Standby::none) return id;
    return plan.sites.empty() ? std::nullopt : std::optional(plan.sites.ids().front());
}

std::optional<Id<model::Site>> site_of(const Plan& plan, const Copy& copy) {
    for (const auto& data : copy.of)
        for (const auto& holder : plan.data[data.value].in)
            for (const model::Placement& placement : plan.services[holder.value].placements)
                if (!placement.standby) return placement.place.site;
    return first_active_site(plan);
}

Home home_at(const Plan& plan, std::optional<Id<model::Site>> site) {
    Home home;
    if (site) home = {plan.sites[*site].heading.name, plan.sites[*site].cluster, {}};
    home.in_namespace = main_namespace(plan);
    return home;
}

Home home_of(const Plan& plan, const Copy& copy) {
    Home home = home_at(plan, site_of(plan, copy));
    if (const Service* service = with_namespace(plan, holders_and_users(plan, copy)))
        home.in_namespace = object_name(service->workload->in_namespace);
    return home;
}

// One run: what it takes, and what the uploads to all its stores add. Nothing where one of them is not known.
std::optional<Time> all_uploads(const Plan& plan, const Copy& copy) {
    Time sum{0};
    for (const auto store : first_stores(*copy.backup())) {
        const auto upload = analysis::upload_time(plan, copy, store);
        if (!upload) return std::nullopt;
        sum = support::later(sum, *upload);
    }
    return sum;
}

std::optional<Time> longest_upload(const Plan& plan, const Copy& copy) {
    Time longest{0};
    for (const auto store : first_stores(*copy.backup())) {
        const auto upload = analysis::upload_time(plan, copy, store);
        if (!upload) return std::nullopt;
        longest = std::max(longest, *upload);
    }
    return longest;
}

std::optional<Time> restore_planned(const Plan& plan, const Copy& copy, Id<model::Copy> id, Instant as_of) {
    const auto stores = first_stores(*copy.backup());
    if (stores.empty()) return std::nullopt;
    Time sum{0};
    for (const auto& data : copy.of) {
        const auto one = analysis::restore_time(plan, data.value, id, stores.front(), as_of).planning();
        if (!one) return std::nullopt;
        sum = support::later(sum, *one);
    }
    return sum;
}

// Fills in all that follows from the schedule. False where it never starts.
bool set_times(Job& job, std::optional<Time> gap, std::optional<Time> run, const std::string& run_as, Instant as_of) {
    job.line = cron_line(job.schedule, as_of);
    const auto period = shortest_gap(job.schedule, as_of);
    if (!period || !gap) return false;
    job.deadlines = deadlines(*period, job.planned);
    const Time length = run.value_or(std::chrono::seconds{job.deadlines.active});
    job.overdue_after = support::later(*gap, length);
    job.overdue_as = fmt::format("longest gap {} + {}", format_duration(*gap),
                                 run ? run_as : fmt::format("{} after which a run is ended", format_duration(length)));
    return true;
}

std::optional<Time> gap_of_line(const Job& job, Instant as_of, std::int64_t missed) {
    return analysis::longest_gap(cron_line(job.schedule, as_of).schedule(), as_of, missed);
}

bool set_backup_times(const Plan& plan, const Copy& copy, Job& job, Instant as_of) {
    const Backup& backup = *copy.backup();
    const Time takes = backup.takes.planning();
    const auto uploads = all_uploads(plan, copy);
    const auto upload = longest_upload(plan, copy);
    job.planned = uploads ? std::optional(support::later(takes, *uploads)) : std::nullopt;
    job.planned_as = fmt::format("takes {} + uploads {}", format_duration(takes), uploads ? format_duration(*uploads) : "not known");
    const bool guarded = cron_line(job.schedule, as_of).guarded();
    const auto run = upload ? std::optional(support::later(takes, *upload)) : std::nullopt;
    const auto gap =
        guarded ? gap_of_line(job, as_of, backup.tolerates_missed) : analysis::longest_gap_of(backup, run.value_or(Time{0}), as_of);
    const std::string run_as = fmt::format("takes {} + upload {}", format_duration(takes), format_duration(upload.value_or(Time{0})));
    return set_times(job, gap, run, run_as, as_of);
}

bool set_other_times(Job& job, std::optional<Time> planned, const std::string& as, Instant as_of) {
    job.planned = planned;
    job.planned_as = planned ? as + " " + format_duration(*planned) : "not known";
    return set_times(job, gap_of_line(job, as_of, 0), planned, job.planned_as, as_of);
}

struct Gathering {
    const Plan& plan;
    Instant as_of;
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

void add_backup(Gathering& in, Id<Copy> id) {
    const Copy& copy = in.plan.copies[id];
    const std::string what = "backup " + qualified_name(in.plan, id);
    const Backup& backup = *copy.backup();
    if (backup.snapshot) return in.leave_out("snapshot " + qualified_name(in.plan, id), "snapshots are made by the storage");
    if (!backup.schedule) return in.leave_out(what, "it has no schedule");
    Job job{.kind = Job::Kind::backup,
            .copy = id,
            .name = joined(in, copy, "backup", "-"),
            .schedule = *backup.schedule,
            .span = copy.heading.span};
    if (!set_backup_times(in.plan, copy, job, in.as_of)) return in.leave_out(what, "its schedule never starts twice");
    in.keep(std::move(job), home_of(in.plan, copy), joined(in, copy, "backup", "/"));
}

void add_verification(Gathering& in, Id<Copy> id, std::size_t number) {
    const Copy& copy = in.plan.copies[id];
    const model::Verification& verification = copy.backup()->verifications[number];
    const std::string what = "verification of " + qualified_name(in.plan, id);
    if (copy.backup()->snapshot || !copy.backup()->own_command.empty())
        return in.leave_out(what, "only what a generated backup wrote can be read back");
    if (!verification.schedule) return in.leave_out(what, "it has no schedule");
    const std::string suffix = number == 0 ? "" : fmt::format("-{}", number + 1);
    Job job{.kind = Job::Kind::verification,
            .copy = id,
            .verification = number,
            .name = joined(in, copy, "verify", "-") + suffix,
            .schedule = *verification.schedule,
            .span = verification.span};
    const auto planned =
        verification.takes ? std::optional(verification.takes->value.planning()) : restore_planned(in.plan, copy, id, in.as_of);
    if (!set_other_times(job, planned, verification.takes ? "takes" : "restore", in.as_of))
        return in.leave_out(what, "its schedule never starts twice");
    in.keep(std::move(job), home_of(in.plan, copy), joined(in, copy, "verify", "/") + fmt::format("/{}", number));
}

std::optional<Time> planned_of(const Plan& plan, const std::vector<Rehearsal>& rehearsals, Instant as_of) {
    Time sum{0};
    for (const Rehearsal& one : rehearsals) {
        const auto planned = analysis::restore_time(plan, one.data, one.copy, one.store, as_of).planning();
        if (!planned) return std::nullopt;
        sum = support::later(sum, *planned);
    }
    return rehearsals.empty() ? std::nullopt : std::optional(sum);
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
    const auto rehearsals = drill_plan(in.plan, drill, in.as_of).rehearsals;
    const std::string production = service_in_namespace(in.plan, scratch_namespace(drill));
    if (!rehearsals.empty() && !production.empty())
        return in.leave_out(what, production + " runs in its namespace " + scratch_namespace(drill) + ": it needs one of its own");
    const auto planned = drill.took ? drill.took : planned_of(in.plan, rehearsals, in.as_of);
    if (!set_other_times(job, planned, drill.took ? "took last time" : "restores", in.as_of))
        return in.leave_out(what, "its schedule never starts twice");
    // Where the folders of its stores are mounted is where the copies are made.
    const Home home =
        rehearsals.empty() ? home_at(in.plan, first_active_site(in.plan)) : home_of(in.plan, in.plan.copies[rehearsals.front().copy]);
    in.keep(std::move(job), home, "drill/" + drill.heading.name);
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

}  // namespace

Jobs jobs_of(const Plan& plan, Instant as_of) {
    Gathering in{plan, as_of, {}, {}};
    for (const Id<Copy> id : plan.copies.ids()) {
        const Backup* backup = plan.copies[id].backup();
        if (backup == nullptr) continue;
        add_backup(in, id);
        for (std::size_t i = 0; i < backup->verifications.size(); ++i) add_verification(in, id, i);
    }
    for (const auto id : plan.drills.ids()) add_drill(in, id);
    make_names_unique(in);
    return std::move(in.jobs);
}

std::vector<Id<model::Store>> first_stores(const Backup& backup) {
    std::vector<Id<model::Store>> stores;
    for (const model::Destination& destination : backup.to)
        if (!destination.after && std::ranges::find(stores, destination.store) == stores.end()) stores.push_back(destination.store);
    return stores;
}

std::string main_namespace(const Plan& plan) {
    const Service* service = with_namespace(plan, plan.services.ids());
    return service == nullptr ? "default" : object_name(service->workload->in_namespace);
}

std::string scratch_namespace(const model::Drill& drill) {
    return object_name(drill.in_namespace.empty() ? "drill-" + drill.heading.name : drill.in_namespace);
}

std::string drills_of(const Plan& plan) { return object_name(plan.heading.name.empty() ? "plan" : plan.heading.name); }

std::string service_in_namespace(const Plan& plan, const std::string& name) {
    for (const Service& service : plan.services)
        if (service.workload && object_name(service.workload->in_namespace.empty() ? "default" : service.workload->in_namespace) == name)
            return service.heading.name;
    return {};
}

std::string place_of(const support::Sources& sources, const support::Span& span) {
    return fmt::format("{}:{}", sources[span.file].path(), span.begin.line);
}

}  // namespace muster::backends::jobs
