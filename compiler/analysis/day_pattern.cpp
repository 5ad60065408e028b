#include "compiler/analysis/day_pattern.h"

#include <bit>
#include <cstdint>

namespace muster::analysis {
namespace {

using namespace std::chrono;

bool has(std::uint64_t bits, unsigned value) { return (bits >> value & 1) != 0; }

/// The lowest bit at or above `from`, which may be 64.
std::optional<int> bit_from(std::uint64_t bits, int from) {
    const std::uint64_t rest = from < 64 ? bits >> from << from : 0;
    if (rest == 0) return std::nullopt;
    return std::countr_zero(rest);
}

/// The highest bit at or below `from`, which may be -1.
std::optional<int> bit_up_to(std::uint64_t bits, int from) {
    const std::uint64_t rest = from < 0 ? 0 : bits << (63 - from) >> (63 - from);
    if (rest == 0) return std::nullopt;
    return 63 - std::countl_zero(rest);
}

bool has_weekday(const model::Calendar& calendar, const year_month_day& day) {
    return has(calendar.weekdays, weekday{sys_days{day}}.c_encoding());
}

}  // namespace

bool has_month(const model::Calendar& calendar, month month) { return has(calendar.months, unsigned{month}); }

bool has_day(const model::Calendar& calendar, const year_month_day& day) {
    const bool by_day = has(calendar.days, unsigned{day.day()});
    const bool by_weekday = has_weekday(calendar, day);
    return calendar.any_day || calendar.any_weekday ? by_day && by_weekday : by_day || by_weekday;
}

bool passes_nth(const model::Calendar& calendar, const year_month_day& day) {
    if (calendar.nth == 0) return true;
    if (!has_weekday(calendar, day)) return false;
    if (calendar.nth > 0) return (unsigned{day.day()} + 6) / 7 == static_cast<unsigned>(calendar.nth);
    return day.day() + days{7} > (day.year() / day.month() / last).day();
}

std::optional<int> next_minute(const model::Calendar& calendar, int minute) {
    const int hour = minute / 60;
    if (const auto same = bit_from(calendar.hours, hour); same == hour)
        if (const auto later = bit_from(calendar.minutes, minute % 60)) return hour * 60 + *later;
    const auto next_hour = bit_from(calendar.hours, hour + 1);
    const auto first = bit_from(calendar.minutes, 0);
    if (!next_hour || !first) return std::nullopt;
    return *next_hour * 60 + *first;
}

std::optional<int> last_minute(const model::Calendar& calendar, int minute) {
    const int hour = minute / 60;
    if (const auto same = bit_up_to(calendar.hours, hour); same == hour)
        if (const auto earlier = bit_up_to(calendar.minutes, minute % 60)) return hour * 60 + *earlier;
    const auto last_hour = bit_up_to(calendar.hours, hour - 1);
    const auto last = bit_up_to(calendar.minutes, 59);
    if (!last_hour || !last) return std::nullopt;
    return *last_hour * 60 + *last;
}

}  // namespace muster::analysis
