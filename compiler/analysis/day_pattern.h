// What a calendar says about a day, clock changes apart.
#pragma once

#include <chrono>
#include <optional>

#include "compiler/model/calendar.h"

namespace muster::analysis {

/// Whether the calendar has `month`.
[[nodiscard]] bool has_month(const model::Calendar& calendar, std::chrono::month month);

/// Whether the day of the month and the weekday of `day` are ones that the cron line names, whatever its month.
[[nodiscard]] bool has_day(const model::Calendar& calendar, const std::chrono::year_month_day& day);

/// Whether `day` passes `nth`: always where the calendar has none, else where the day is that one among its weekday in
/// the month and the calendar has the weekday.
[[nodiscard]] bool passes_nth(const model::Calendar& calendar, const std::chrono::year_month_day& day);

/// The first start at or after `minute` of a day, both in minutes since midnight; nothing where none is left.
[[nodiscard]] std::optional<int> next_minute(const model::Calendar& calendar, int minute);

/// The last start at or before `minute` of a day, both in minutes since midnight; nothing where there was none.
[[nodiscard]] std::optional<int> last_minute(const model::Calendar& calendar, int minute);

}  // namespace muster::analysis
