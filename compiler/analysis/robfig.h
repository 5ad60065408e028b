// The next start of a cron line, as the controller that runs it computes it.
#pragma once

#include <chrono>
#include <optional>

#include "compiler/analysis/wall_clock.h"
#include "compiler/model/calendar.h"

namespace muster::analysis {

/// The first start after `after` by SpecSchedule.Next of robfig/cron v3.0.1, step for step, for its answers around clock
/// changes follow from the steps and from no rule that could be stated: an hour that is skipped has no starts, one that
/// is repeated has them twice, but a change at midnight or by half an hour can also cost a start hours or weeks later, or
/// add one on a day that the line does not name. Nothing where no start comes up to the end of the fifth year after this
/// one. Leaves `nth` aside.
///
/// Where a clock change catches SpecSchedule.Next in a loop, or makes it answer with a moment that is not after `after` (both
/// happened: Pacific/Apia left out a day in 2011, St. John's used to change its clocks at 00:01), the search begins again an hour later.
[[nodiscard]] std::optional<std::chrono::sys_seconds> robfig_next(const model::Calendar& calendar, WallClock& clock,
                                                                  std::chrono::sys_seconds after);

}  // namespace muster::analysis
