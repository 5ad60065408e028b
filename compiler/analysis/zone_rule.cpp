#include "compiler/analysis/zone_rule.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace muster::analysis {
namespace {

using namespace std::chrono;

/// Takes pieces off the front of a rule. A piece that is not there leaves the text alone.
class Text {
public:
    explicit Text(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool empty() const { return rest_.empty(); }

    bool take(char letter) {
        if (!rest_.starts_with(letter)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// An abbreviation: three or more letters, or anything in angle brackets.
    bool take_name() {
        const bool bracketed = rest_.starts_with('<');
        const std::size_t end = bracketed ? rest_.find('>') : rest_.find_first_of("0123456789,+-");
        const std::size_t size = std::min(end, rest_.size());
        if (size < 3 || (bracketed && end == std::string_view::npos)) return false;
        rest_.remove_prefix(bracketed ? size + 1 : size);
        return true;
    }

    std::optional<unsigned> take_number(unsigned least, unsigned most) {
        unsigned number = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        if (error != std::errc{} || number < least || number > most) return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return number;
    }

    /// `[+-]hh[:mm[:ss]]`.
    std::optional<seconds> take_time() {
        const bool negative = take('-');
        if (!negative) take('+');
        const auto hour = take_number(0, 167);
        const auto minute = hour && take(':') ? take_number(0, 59) : 0U;
        const auto second = minute && take(':') ? take_number(0, 59) : 0U;
        if (!hour || !minute || !second) return std::nullopt;
        const seconds time = hours{*hour} + minutes{*minute} + seconds{*second};
        return negative ? -time : time;
    }

private:
    std::string_view rest_;
};

std::optional<YearlyChange> take_day(Text& text) {
    if (text.take('M')) {
        const auto month = text.take_number(1, 12);
        const auto week = month && text.take('.') ? text.take_number(1, 5) : std::nullopt;
        const auto weekday = week && text.take('.') ? text.take_number(0, 6) : std::nullopt;
        if (!weekday) return std::nullopt;
        return YearlyChange{.month = *month, .week = *week, .number = *weekday};
    }
    const bool counted = text.take('J');
    const auto number = counted ? text.take_number(1, 365) : text.take_number(0, 365);
    if (!number) return std::nullopt;
    return YearlyChange{.day = counted ? YearlyChange::Day::counted : YearlyChange::Day::offset, .number = *number};
}

std::optional<YearlyChange> take_change(Text& text) {
    if (!text.take(',')) return std::nullopt;
    auto change = take_day(text);
    if (!change || !text.take('/')) return change;
    const auto time = text.take_time();
    if (!time) return std::nullopt;
    change->time = *time;
    return change;
}

sys_seconds to_sys(local_seconds local, seconds offset) { return sys_seconds{local.time_since_epoch() - offset}; }

}  // namespace

local_seconds YearlyChange::in(year year) const {
    const local_days new_year{year / January / 1};
    if (day == Day::offset) return new_year + days{number} + time;
    if (day == Day::counted) return new_year + days{number - (year.is_leap() && number >= 60 ? 0 : 1)} + time;
    const auto month_of_year = year / std::chrono::month{month};
    const std::chrono::weekday name{number};
    return (week == 5 ? local_days{month_of_year / name[last]} : local_days{month_of_year / name[week]}) + time;
}

std::optional<ZoneRule> ZoneRule::parse(std::string_view line) {
    Text text(line);
    ZoneRule rule;
    const auto behind = text.take_name() ? text.take_time() : std::nullopt;
    if (!behind) return std::nullopt;
    rule.standard_ = -*behind;
    if (text.empty()) return rule;
    if (!text.take_name()) return std::nullopt;
    const auto summer_behind = text.take_time();
    const auto begin = take_change(text);
    const auto end = take_change(text);
    if (!begin || !end || !text.empty()) return std::nullopt;
    rule.summer_ = Summer{summer_behind ? -*summer_behind : rule.standard_ + hours{1}, *begin, *end};
    return rule;
}

Stretch ZoneRule::at(sys_seconds time) const {
    if (!summer_) return {beginning_of_time, end_of_time, standard_};
    const year here = year_month_day{floor<days>(time)}.year();
    // A change of the neighbouring year may fall into this one once it is told in UTC, and a stretch may reach into either.
    std::array<Stretch, 6> changes;
    for (std::size_t i = 0; i < 3; ++i) {
        const year near = here + years{static_cast<int>(i) - 1};
        changes[2 * i] = {to_sys(summer_->begin.in(near), standard_), {}, summer_->offset};
        changes[2 * i + 1] = {to_sys(summer_->end.in(near), summer_->offset), {}, standard_};
    }
    std::ranges::stable_sort(changes, {}, &Stretch::begin);
    changes.back().end = end_of_time;
    for (std::size_t i = 0; i + 1 < changes.size(); ++i) changes[i].end = changes[i + 1].begin;
    return *std::ranges::find_if(changes, [&](const Stretch& stretch) { return stretch.holds(time); });
}

}  // namespace muster::analysis
