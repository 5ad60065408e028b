#include "compiler/analysis/cron_walk.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "compiler/analysis/day_pattern.h"
#include "compiler/analysis/robfig.h"

namespace muster::analysis {
namespace {

using namespace std::chrono;

/// 28 years, after which the weekdays fall on the same dates: the longest that anything is looked for.
constexpr days horizon{10'227};

/// More than robfig's search ever looks ahead.
constexpr days longest_search{6 * 366};

/// The widest that a clock change is felt by a search that starts at a midnight and ends within the same stretch.
constexpr days margin{1};

/// The calendar's months where they are not restricted.
constexpr std::uint16_t all_months = 0x1ffe;

bool in_range(sys_seconds time) { return time >= sys_days{year{1} / 1 / 1} && time < sys_days{year{10'000} / 1 / 1}; }

sys_seconds to_sys(local_seconds wall, const Stretch& stretch) { return sys_seconds{wall.time_since_epoch() - stretch.offset}; }

}  // namespace

bool CronWalk::has(local_days day) const {
    const year_month_day date{day};
    return has_month(*calendar_, date.month()) && has_day(*calendar_, date) && passes_nth(*calendar_, date);
}

std::optional<sys_seconds> CronWalk::whole_day(sys_seconds time) {
    const Stretch& stretch = clock_.stretch(time);
    const local_days day = floor<days>(clock_.read(time));
    const sys_seconds midnight = to_sys(day, stretch);
    if (!has(day) || midnight - margin < stretch.begin || midnight + days{1} + margin > stretch.end) return std::nullopt;
    return midnight;
}

std::optional<sys_seconds> CronWalk::plain_next(sys_seconds after) {
    const sys_seconds from = after + seconds{1};
    const Stretch& stretch = clock_.stretch(from);
    const local_seconds wall = clock_.read(from);
    local_days day = floor<days>(wall);
    // Robfig's search first goes back to midnight, or where the month is the wrong one to its beginning.
    if (to_sys(day, stretch) - margin < stretch.begin || !has_month(*calendar_, year_month_day{day}.month())) return std::nullopt;
    const local_days last_day =
        std::min(floor<days>(wall) + days{400}, floor<days>(local_seconds{stretch.end.time_since_epoch() + stretch.offset}) - margin);
    auto minute = has(day) ? next_minute(*calendar_, static_cast<int>(ceil<minutes>(wall - day).count())) : std::nullopt;
    while (!minute && ++day < last_day)
        if (has(day)) minute = next_minute(*calendar_, 0);
    if (!minute || day >= last_day) return std::nullopt;
    return to_sys(day + minutes{*minute}, stretch);
}

std::optional<sys_seconds> CronWalk::next(sys_seconds after) {
    if (!in_range(after)) return std::nullopt;
    for (sys_seconds at = after; at < after + horizon;) {
        if (const auto plain = plain_next(at)) return plain;
        const auto start = robfig_next(*calendar_, clock_, at);
        if (!start || passes_nth(*calendar_, year_month_day{floor<days>(clock_.read(*start))})) return start;
        at = *start;
    }
    return std::nullopt;
}

bool CronWalk::undisturbed(sys_seconds change, sys_seconds time) {
    if (calendar_->months == all_months || time - change > longest_search) return true;
    const year_month_day last{floor<days>(clock_.read(time))};
    const year_month_day first{floor<days>(clock_.read(change)) - margin};
    for (year_month at = first.year() / first.month(); at <= last.year() / last.month(); at += months{1})
        if (!has_month(*calendar_, at.month())) return false;
    return true;
}

std::optional<sys_seconds> CronWalk::plain_last(sys_seconds time) {
    const Stretch& stretch = clock_.stretch(time);
    const local_seconds wall = clock_.read(time);
    local_days day = floor<days>(wall);
    if (time + margin > stretch.end || !undisturbed(stretch.begin, time)) return std::nullopt;
    std::optional<sys_seconds> found;
    // A search that came across the clock change may have missed its first day here, but by the second it is back in step.
    int days_before = 0;
    for (int minute = static_cast<int>(floor<minutes>(wall - day).count()); days_before < 2; --day, minute = 1439) {
        if (to_sys(day, stretch) - 2 * margin < stretch.begin || floor<days>(wall) - day > horizon) return std::nullopt;
        const auto start = has(day) ? last_minute(*calendar_, minute) : std::nullopt;
        if (!start) continue;
        if (found) ++days_before;
        else found = to_sys(day + minutes{*start}, stretch);
    }
    return found;
}

CronWalk::Passed CronWalk::pass(sys_seconds from, sys_seconds to) {
    Passed passed;
    auto start = next(from);
    for (; start && *start <= to; start = next(*start), ++passed.count) passed.last = start;
    passed.ended = !start;
    return passed;
}

std::optional<sys_seconds> CronWalk::last(sys_seconds time) {
    if (!in_range(time)) return std::nullopt;
    if (const auto plain = plain_last(time)) return plain;
    std::optional<sys_seconds> found;
    for (const days back : {days{3}, days{40}, days{400}, days{1'830}, horizon}) {
        // What a change did to the search for the first month is felt for as long as that month lasts.
        if (back < days{400} && calendar_->months != all_months) continue;
        const Passed passed = pass(time - back, time);
        if (!passed.ended || !found) found = passed.last;
        // One or two starts after a beginning in the middle of things might not be those of a longer walk.
        if (passed.count > 2) break;
    }
    return found;
}

}  // namespace muster::analysis
