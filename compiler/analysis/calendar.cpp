#include "compiler/analysis/calendar.h"

#include "compiler/analysis/cron_walk.h"
#include "compiler/analysis/longest_gap.h"

namespace muster::analysis {
namespace {

using namespace std::chrono;
using model::Time;

/// More starts than a calendar has in the horizon.
constexpr std::int64_t every_minute = gap_horizon / minutes{1} + 1;

bool in_range(Instant time) { return time >= sys_days{year{1} / 1 / 1} && time < sys_days{year{10'000} / 1 / 1}; }

/// The last whole multiple of `interval` at or before `time`.
Instant last_multiple(Instant time, Time interval) {
    const Time past = time.time_since_epoch() % interval;
    return time - past - (past < Time::zero() ? interval : Time::zero());
}

std::optional<Time> longest_of_interval(Time interval, Instant as_of, std::int64_t missed) {
    const Instant first = last_multiple(as_of - Time{1}, interval) + interval;
    if ((as_of + gap_horizon - first) / interval <= missed) return std::nullopt;
    return interval * (missed + 1);
}

}  // namespace

bool zone_exists(std::string_view name) { return Zone::named(name).has_value(); }

Timetable::Timetable(const model::Schedule& schedule)
    : interval_(schedule.interval), calendar_(schedule.calendar), zone_(Zone::named(schedule.zone)) {
    if (interval_ && *interval_ <= Time::zero()) zone_.reset();
}

std::optional<Instant> Timetable::next(Instant after) const {
    if (!zone_ || !in_range(after)) return std::nullopt;
    if (interval_) return last_multiple(after, *interval_) + *interval_;
    return CronWalk(calendar_, *zone_).next(floor<seconds>(after));
}

std::optional<Instant> Timetable::last(Instant at_or_before) const {
    if (!zone_ || !in_range(at_or_before)) return std::nullopt;
    if (interval_) return last_multiple(at_or_before, *interval_);
    return CronWalk(calendar_, *zone_).last(floor<seconds>(at_or_before));
}

std::optional<Time> Timetable::longest_gap(Instant as_of, std::int64_t missed) const {
    if (!zone_ || !in_range(as_of) || missed < 0) return std::nullopt;
    if (interval_) return longest_of_interval(*interval_, as_of, missed);
    if (missed > every_minute) return std::nullopt;
    const sys_seconds to = floor<seconds>(as_of + gap_horizon);
    return longest_gaps(calendar_, *zone_, ceil<seconds>(as_of), to, static_cast<std::size_t>(missed) + 1);
}

std::optional<Instant> next_start(const model::Schedule& schedule, Instant after) { return Timetable(schedule).next(after); }

std::optional<Instant> last_start(const model::Schedule& schedule, Instant at_or_before) { return Timetable(schedule).last(at_or_before); }

std::optional<Time> longest_gap(const model::Schedule& schedule, Instant as_of, std::int64_t missed) {
    return Timetable(schedule).longest_gap(as_of, missed);
}

}  // namespace muster::analysis
