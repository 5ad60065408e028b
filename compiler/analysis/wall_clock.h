// What the clock on the wall shows, and when it shows it.
#pragma once

#include "compiler/analysis/zone.h"

namespace muster::analysis {

/// The clocks of a zone, which keeps them alive. It remembers the last stretch it looked up: not for two threads at once.
class WallClock {
public:
    explicit WallClock(const Zone& zone) : zone_(&zone), stretch_(zone.at({})) {}

    /// The stretch of one offset that holds `time`.
    const Stretch& stretch(std::chrono::sys_seconds time) {
        if (!stretch_.holds(time)) stretch_ = zone_->at(time);
        return stretch_;
    }

    /// What the clock shows at `time`.
    std::chrono::local_seconds read(std::chrono::sys_seconds time) {
        return std::chrono::local_seconds{time.time_since_epoch() + stretch(time).offset};
    }

    /// When the clock shows `wall`. Where it never does, or does twice, the answer is that of Go's time.Date, which tries the
    /// offset in force at `wall` taken as UTC, and where that does not fit the one in force at the moment it led to.
    std::chrono::sys_seconds find(std::chrono::local_seconds wall) {
        const std::chrono::sys_seconds as_utc{wall.time_since_epoch()};
        const Stretch near = stretch(as_utc);
        const auto guess = as_utc - near.offset;
        return near.holds(guess) ? guess : as_utc - stretch(guess).offset;
    }

private:
    const Zone* zone_;
    Stretch stretch_;
};

}  // namespace muster::analysis
