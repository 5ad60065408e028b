// Days as plans write them: `2026-06-01`.
#pragma once

#include <string>

#include "compiler/analysis/calendar.h"

namespace muster::analysis {

/// The beginning of the day `iso`, which is `YYYY-MM-DD` and a day of the calendar, in UTC.
[[nodiscard]] Instant day_of(const std::string& iso);

/// Whole days from the day `iso` to that of `as_of`; negative where it is still to come.
[[nodiscard]] model::Time days_since(const std::string& iso, Instant as_of);

}  // namespace muster::analysis
