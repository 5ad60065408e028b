// When something is due, and how far apart its starts can be.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "compiler/analysis/zone.h"
#include "compiler/model/calendar.h"

namespace muster::analysis {

/// A moment in UTC, in whole milliseconds.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// How far ahead the longest gap is looked for: 28 years of 365.25 days, after which the weekdays fall on the same dates.
inline constexpr std::chrono::days gap_horizon{10'227};

/// Whether `name` is a time zone of the system's IANA database. `UTC` always is one; abbreviations such as `CET` are where
/// the database has them.
[[nodiscard]] bool zone_exists(std::string_view name);

/// The starts of one schedule, with what is needed to find them at hand: for whoever asks about a schedule many times.
///
/// A calendar starts when the Kubernetes CronJob controller would start it, which is SpecSchedule.Next of robfig/cron v3.0.1
/// in the schedule's zone (see robfig.h for what that does around clock changes), and of those starts, where the calendar
/// has an `nth`, only the ones on such a day. An interval starts at every whole multiple of it since 1970-01-01T00:00Z,
/// whatever the zone. A schedule in a zone that does not exist, and an interval that is not above zero, never start.
/// All functions may be called by several threads at once. Asking costs about a tenth of a microsecond, and some microseconds
/// near a clock change; `last` costs some ten microseconds for a calendar of a few starts a year, and a millisecond for
/// one of every minute of some months.
class Timetable {
public:
    explicit Timetable(const model::Schedule& schedule);

    /// The first start after `after`, and not at it. Nothing where none comes within five years (28 for an `nth`), as robfig
    /// has it, so that a walk over 29 February ends before a century without one; and outside the years 1 to 9999.
    [[nodiscard]] std::optional<Instant> next(Instant after) const;

    /// The last start at or before `at_or_before`. Nothing where there was none in the 28 years before, or outside the
    /// years 1 to 9999. Calling `next` again and again from long before passes the same starts.
    [[nodiscard]] std::optional<Instant> last(Instant at_or_before) const;

    /// The longest that `missed` + 1 gaps in a row take together, over all starts in [`as_of`, `as_of` + `gap_horizon`]:
    /// the loss that `missed` runs that did not happen leave behind, and with none missed the longest gap. Exact. Nothing
    /// where there are fewer than `missed` + 2 starts, or `missed` is negative. Takes about a millisecond.
    [[nodiscard]] std::optional<model::Time> longest_gap(Instant as_of, std::int64_t missed = 0) const;

private:
    std::optional<model::Time> interval_;
    model::Calendar calendar_;
    std::optional<Zone> zone_;
};

/// `Timetable::next` for a single question; reads the zone anew.
[[nodiscard]] std::optional<Instant> next_start(const model::Schedule& schedule, Instant after);

/// `Timetable::last` for a single question; reads the zone anew.
[[nodiscard]] std::optional<Instant> last_start(const model::Schedule& schedule, Instant at_or_before);

/// `Timetable::longest_gap` for a single question; reads the zone anew.
[[nodiscard]] std::optional<model::Time> longest_gap(const model::Schedule& schedule, Instant as_of, std::int64_t missed = 0);

}  // namespace muster::analysis
