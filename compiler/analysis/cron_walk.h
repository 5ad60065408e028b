// A walk along the starts of a calendar.
#pragma once

#include <chrono>
#include <optional>

#include "compiler/analysis/wall_clock.h"
#include "compiler/model/calendar.h"

namespace muster::analysis {

/// Steps from start to start of a calendar in a zone; it keeps both alive. The answers are those of `robfig_next`, cut down by
/// `nth`. Between clock changes the calendar says by itself what comes next, and only near them are robfig's steps taken.
/// It remembers where it was: not for two threads at once.
class CronWalk {
public:
    CronWalk(const model::Calendar& calendar, const Zone& zone) : calendar_(&calendar), clock_(zone) {}

    /// The first start after `after`. Nothing where none comes within five years (28 for a calendar with `nth`), or where
    /// `after` is not in the years 1 to 9999.
    std::optional<std::chrono::sys_seconds> next(std::chrono::sys_seconds after);

    /// The last start at or before `time`: the one that a walk which began long before passes last. Nothing where there was
    /// none in 28 years, or where `time` is not in the years 1 to 9999.
    std::optional<std::chrono::sys_seconds> last(std::chrono::sys_seconds time);

    /// The midnight that began the day of `time`, where the calendar has that day and no clock changes on it, the day before
    /// or the day after; there every minute of the calendar is a start.
    std::optional<std::chrono::sys_seconds> whole_day(std::chrono::sys_seconds time);

private:
    /// What a walk from one moment to another came by.
    struct Passed {
        std::optional<std::chrono::sys_seconds> last;
        int count = 0;
        bool ended = false;  ///< it found no start at all after the last one
    };
    Passed pass(std::chrono::sys_seconds from, std::chrono::sys_seconds to);

    /// `next`, where no clock change can be in the way; nothing where it is not sure.
    std::optional<std::chrono::sys_seconds> plain_next(std::chrono::sys_seconds after);
    /// `last`, likewise.
    std::optional<std::chrono::sys_seconds> plain_last(std::chrono::sys_seconds time);
    /// Whether no search can have come across the clock change at `change` while it looked for a month and still be out of
    /// step at `time`, in the stretch that the change began.
    bool undisturbed(std::chrono::sys_seconds change, std::chrono::sys_seconds time);
    /// Whether the calendar, `nth` and all, has the day.
    [[nodiscard]] bool has(std::chrono::local_days day) const;

    const model::Calendar* calendar_;
    WallClock clock_;
};

}  // namespace muster::analysis
