#include "backends/jobs/planned.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::backends::jobs {
namespace {

using model::Backup;
using model::Copy;
using model::Plan;
using support::format_duration;

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

// Fills in all that follows from the schedule. False where it never starts.
bool set_times(Job& job, std::optional<Time> gap, std::optional<Time> run, const std::string& run_as, Gaps& gaps,
               std::optional<Time> starts_within = {}) {
    job.line = cron_line(job.schedule, gaps.as_of());
    const auto period = gaps.shortest(job.schedule);
    if (!period || !gap) return false;
    job.deadlines = deadlines(*period, job.planned, starts_within);
    const Time length = run.value_or(std::chrono::seconds{job.deadlines.active});
    job.overdue_after = support::later(*gap, length);
    job.overdue_as = fmt::format("longest gap {} + {}", format_duration(*gap),
                                 run ? run_as : fmt::format("{} after which a run is ended", format_duration(length)));
    return true;
}

std::optional<Time> gap_of_line(const Job& job, Gaps& gaps, std::int64_t missed) {
    return gaps.longest(cron_line(job.schedule, gaps.as_of()).schedule(), missed);
}

}  // namespace

bool set_backup_times(const Plan& plan, const Copy& copy, Job& job, Gaps& gaps) {
    const Backup& backup = *copy.backup();
    const Time takes = backup.takes.planning();
    const auto uploads = all_uploads(plan, copy);
    const auto upload = longest_upload(plan, copy);
    job.planned = uploads ? std::optional(support::later(takes, *uploads)) : std::nullopt;
    job.planned_as = fmt::format("takes {} + uploads {}", format_duration(takes), uploads ? format_duration(*uploads) : "not known");
    const bool guarded = cron_line(job.schedule, gaps.as_of()).guarded();
    const Time late = backup.starts_within ? backup.starts_within->value : Time::zero();
    const auto run = upload ? std::optional(support::later(late, support::later(takes, *upload))) : std::nullopt;
    const auto gap = guarded ? gap_of_line(job, gaps, backup.tolerates_missed) : gaps.longest_of(backup, run.value_or(Time{0}));
    const std::string run_as =
        fmt::format("{}takes {} + upload {}", late > Time{0} ? fmt::format("starts within {} + ", format_duration(late)) : "",
                    format_duration(takes), format_duration(upload.value_or(Time{0})));
    return set_times(job, gap, run, run_as, gaps, backup.starts_within ? std::optional(late) : std::nullopt);
}

bool set_other_times(Job& job, std::optional<Time> planned, const std::string& as, Gaps& gaps) {
    job.planned = planned;
    job.planned_as = planned ? as + " " + format_duration(*planned) : "not known";
    return set_times(job, gap_of_line(job, gaps, 0), planned, job.planned_as, gaps);
}

bool set_log_times(const model::Archive& archive, Job& job, Gaps& gaps) {
    const Time upload = archive.upload.planning();
    job.planned_as = "upload " + format_duration(upload) + ", or longer where more is waiting";
    return set_times(job, gap_of_line(job, gaps, 0), upload, "upload " + format_duration(upload), gaps);
}

std::optional<Time> restore_planned(const Plan& plan, const Copy& copy, Id<model::Copy> id, const Schedules& schedules) {
    const auto stores = first_stores(*copy.backup());
    if (stores.empty()) return std::nullopt;
    Time sum{0};
    for (const auto& data : copy.of) {
        const auto one = analysis::restore_time(plan, data.value, id, stores.front(), schedules).planning();
        if (!one) return std::nullopt;
        sum = support::later(sum, *one);
    }
    return sum;
}

std::optional<Time> planned_of(const Plan& plan, const std::vector<Rehearsal>& rehearsals, const Schedules& schedules) {
    Time sum{0};
    for (const Rehearsal& one : rehearsals) {
        const auto planned = analysis::restore_time(plan, one.data, one.copy, one.store, schedules).planning();
        if (!planned) return std::nullopt;
        sum = support::later(sum, *planned);
    }
    return rehearsals.empty() ? std::nullopt : std::optional(sum);
}

}  // namespace muster::backends::jobs
