// When a CronJob starts, and how long it may take.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "compiler/analysis/schedules.h"

namespace muster::backends::jobs {

using analysis::Instant;
using analysis::Schedules;
using support::Time;

/// What cron can say of a schedule, and what the job has to check itself at its start.
struct CronLine {
    /// Starts that fall on no whole multiple of `interval` since 1970 do not count.
    struct Interval {
        Time interval;
        Time cadence;  ///< between two starts of the line
    };
    /// Starts on another than the nth such weekday of the month do not count.
    struct Nth {
        int nth;               ///< 1 to 4, or -1 for the last
        int minute_of_day;     ///< at which the line starts
        int minutes_from_utc;  ///< how far the zone is ahead of UTC, at some time: its other times are less than twelve hours off
    };

    std::string cron;  ///< five fields
    std::string zone;  ///< IANA name
    std::optional<Interval> interval;
    std::optional<Nth> nth;

    /// Whether the line starts more often than the schedule.
    [[nodiscard]] bool guarded() const { return interval || nth; }
    /// The line as a schedule of its own.
    [[nodiscard]] model::Schedule schedule() const;
};

/// The line that starts whenever `schedule` does, and as little more often as cron can say. An interval counts in UTC.
[[nodiscard]] CronLine cron_line(const model::Schedule& schedule, Instant as_of);

/// The shortest time between two starts of `schedule` among the first 20,000 after `as_of`, or those of the first five years.
/// Nothing where there are fewer than two.
[[nodiscard]] std::optional<Time> shortest_gap(const model::Schedule& schedule, Instant as_of);

/// The gaps of schedules, each worked out once: many jobs share a schedule.
class Gaps {
public:
    explicit Gaps(Instant as_of) : as_of_(as_of) {}

    /// The day from which all is counted.
    [[nodiscard]] Instant as_of() const { return as_of_; }
    /// As `shortest_gap`.
    [[nodiscard]] std::optional<Time> shortest(const model::Schedule& schedule);
    /// As analysis::longest_gap.
    [[nodiscard]] std::optional<Time> longest(const model::Schedule& schedule, std::int64_t missed);
    /// As analysis::longest_gap_of.
    [[nodiscard]] std::optional<Time> longest_of(const model::Backup& backup, Time run);

private:
    Instant as_of_;
    std::map<std::string, std::optional<Time>> known_;
};

/// The planned duration of a job is multiplied by this to tell one that hangs from one that is slow.
inline constexpr int deadline_factor = 2;

/// The two deadlines of a CronJob, in whole seconds.
struct Deadlines {
    /// After this a start that was missed is given up: what the plan says, at least 10 s; else a tenth of `period`, 10 s to 5 min.
    std::int64_t starting = 0;
    std::int64_t active = 0;  ///< after this a run is ended: `deadline_factor` × planned, but over before the next start
};

/// The deadlines of a job that is due every `period`, or less often. Where nothing is planned a run may take a day, or until
/// the next start.
[[nodiscard]] Deadlines deadlines(Time period, std::optional<Time> planned, std::optional<Time> starts_within = {});

}  // namespace muster::backends::jobs
