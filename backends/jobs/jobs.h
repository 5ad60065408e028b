// What has to run on a schedule: the backups of a plan, their verifications, and its drills.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backends/jobs/home.h"
#include "backends/jobs/timing.h"
#include "compiler/analysis/transfer.h"
#include "compiler/model/plan.h"
#include "compiler/support/source.h"

namespace muster::backends::jobs {

struct Job {
    enum class Kind : std::uint8_t { backup, verification, drill, check, log };
    Kind kind = Kind::backup;
    std::optional<Id<model::Copy>> copy;  ///< what is made, verified, or, of a log, shipped
    std::size_t verification = 0;         ///< which of the copy's
    std::optional<Id<model::Drill>> drill;
    std::optional<Id<model::Detector>> detector;  ///< whose check, a command or SQL, it runs

    std::string name;      ///< of the CronJob and of all that belongs to it: unique at its site, and the same at a standby
    std::string site;      ///< the site's name; `default` in a plan without sites
    std::string cluster;   ///< its kubectl context; may be empty
    bool standby = false;  ///< it is for when this site takes over, and suspended until then
    std::string in_namespace;
    model::Schedule schedule;
    CronLine line;
    Deadlines deadlines;
    std::string planned_as;       ///< what the planned duration is made of, for people: "takes 45m + upload 10m"
    std::optional<Time> planned;  ///< of one run; nothing where the plan does not say
    Time overdue_after;           ///< the age of the last success above which a run was missed
    std::string overdue_as;       ///< what that is made of, for people
    support::Span span;
};

/// What would be a job, but is not made into one here, and why.
struct LeftOut {
    std::string what;
    std::string why;
};

struct Jobs {
    std::vector<Job>
        all;  ///< backups with their verifications, and logs, in order of declaration, then drills, checks of detectors, and what stands by
    std::vector<LeftOut> left_out;
};

/// The jobs of `plan`, with schedules as they are at `as_of`.
///
/// A backup runs at the site where the first service that holds its data runs actively, else at the plan's first active site; in
/// the namespace of that service, else of a service that uses the data, else of the plan's first. Its success is overdue when it is
/// older than the longest gap of its schedule (analysis::longest_gap_of) + takes + the longest upload. A start that the
/// job's own guard skips ends as a success too: there the gap is that of the cron line. Backups and verifications are there once more for
/// each site at which what holds their data stands by. A log is a job where the plan ships it `with pg_receivewal`: what ships it otherwise
/// runs in the database.
[[nodiscard]] Jobs jobs_of(const model::Plan& plan, Instant as_of);

/// Where a backup, or what ships a log, writes to when it runs: its destinations without those to which it is moved later.
[[nodiscard]] std::vector<Id<model::Store>> first_stores(const model::Backup& backup);
[[nodiscard]] std::vector<Id<model::Store>> first_stores(const model::Archive& archive);

/// The namespace that a drill has for itself.
[[nodiscard]] std::string scratch_namespace(const model::Drill& drill);

/// The label of a namespace and of pods that are for drills; its value says of which plan's.
inline constexpr std::string_view drills_label = "muster/drills-of";

/// The value of `drills_label` for `plan`.
[[nodiscard]] std::string drills_of(const model::Plan& plan);

/// `data.drp:73`, the place where `span` stands.
[[nodiscard]] std::string place_of(const support::Sources& sources, const support::Span& span);

}  // namespace muster::backends::jobs
