#include "compiler/analysis/longest_gap.h"

#include <algorithm>
#include <deque>
#include <vector>

#include "compiler/analysis/cron_walk.h"
#include "compiler/analysis/day_pattern.h"

namespace muster::analysis {
namespace {

using namespace std::chrono;

std::vector<minutes> starts_of_day(const model::Calendar& calendar) {
    std::vector<minutes> starts;
    for (auto minute = next_minute(calendar, 0); minute; minute = next_minute(calendar, *minute + 1)) starts.emplace_back(*minute);
    return starts;
}

/// Slides a window of `gaps` gaps along the starts. The middle of a day without clock changes is the same every day: it is
/// measured once, and from then on the window jumps from a day's first starts to its last.
class Window {
public:
    Window(const model::Calendar& calendar, std::size_t gaps) : gaps_(gaps), day_(starts_of_day(calendar)) {
        for (std::size_t i = gaps; i < day_.size(); ++i) within_day_ = std::max<seconds>(within_day_, day_[i] - day_[i - gaps]);
    }

    void add(sys_seconds start) {
        if (starts_.size() > gaps_) starts_.pop_front();
        starts_.push_back(start);
        if (starts_.size() > gaps_) widen(starts_.back() - starts_.front());
    }

    /// Where the window covers just the first starts of the day that began at `midnight`, moves it to cover just the last.
    void jump(sys_seconds midnight, sys_seconds to) {
        const bool worthwhile = day_.size() > 2 * (gaps_ + 1) && midnight + day_.back() <= to;
        if (!worthwhile || starts_.size() <= gaps_ || starts_.front() != midnight + day_.front() ||
            starts_.back() != midnight + day_[gaps_])
            return;
        widen(within_day_);
        starts_.clear();
        for (std::size_t i = day_.size() - gaps_ - 1; i < day_.size(); ++i) starts_.push_back(midnight + day_[i]);
    }

    [[nodiscard]] sys_seconds last() const { return starts_.back(); }
    [[nodiscard]] std::optional<seconds> widest() const { return widest_; }

private:
    void widen(seconds width) { widest_ = std::max(widest_.value_or(width), width); }

    std::size_t gaps_;
    std::vector<minutes> day_;
    seconds within_day_{0};
    std::deque<sys_seconds> starts_;
    std::optional<seconds> widest_;
};

}  // namespace

std::optional<seconds> longest_gaps(const model::Calendar& calendar, const Zone& zone, sys_seconds from, sys_seconds to, std::size_t gaps) {
    CronWalk walk(calendar, zone);
    Window window(calendar, gaps);
    for (auto start = walk.next(from - seconds{1}); start && *start <= to; start = walk.next(window.last())) {
        window.add(*start);
        if (const auto midnight = walk.whole_day(*start)) window.jump(*midnight, to);
    }
    return window.widest();
}

}  // namespace muster::analysis
