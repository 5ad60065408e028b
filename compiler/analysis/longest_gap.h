// The longest stretch of a calendar in which nothing starts.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "compiler/analysis/zone.h"
#include "compiler/model/calendar.h"

namespace muster::analysis {

/// The longest that `gaps` (at least 1) gaps in a row take together, over all starts of the calendar in [`from`, `to`].
/// Nothing where there are not so many.
[[nodiscard]] std::optional<std::chrono::seconds> longest_gaps(const model::Calendar& calendar, const Zone& zone,
                                                               std::chrono::sys_seconds from, std::chrono::sys_seconds to,
                                                               std::size_t gaps);

}  // namespace muster::analysis
