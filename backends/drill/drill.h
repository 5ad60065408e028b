// Drills: the scripts that people run, and that the scheduled jobs run.
#pragma once

#include "backends/files.h"
#include "compiler/analysis/calendar.h"
#include "compiler/model/plan.h"
#include "compiler/support/source.h"

namespace muster::backends::drill {

/// `drills/<drill>.sh` for every drill of the plan. No input or output, no clock: `as_of` fixes every schedule.
[[nodiscard]] Files drills(const model::Plan& plan, const support::Sources& sources, analysis::Instant as_of);

}  // namespace muster::backends::drill
