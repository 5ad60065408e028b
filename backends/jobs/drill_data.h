// What the script of a drill knows of the plan.
#pragma once

#include <string>

#include "backends/jobs/drill_script.h"

namespace muster::backends::jobs {

/// The arrays of the script of `drill`: its steps, what they are measured against, and its success criteria. Texts of the plan are words in
/// quotes; those for Markdown and JSON are made safe for these here, so that the script does not have to.
[[nodiscard]] std::string drill_data(const model::Plan& plan, const model::Drill& drill, const DrillPlan& drills);

}  // namespace muster::backends::jobs
