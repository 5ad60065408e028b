// The plan as one document for people.
#pragma once

#include <vector>

#include "backends/files.h"
#include "compiler/analysis/estimate.h"

namespace muster::backends::document {

/// `docs/plan.md` and `docs/plan.html`: who answers for the plan, the matrix of what is reached in which scenario, the scenarios with
/// their runbooks, what runs, the data and its copies, whom to call, what is due when, counted from `as_of`, checklists, messages and
/// waivers. What the plan does not have has no section. No input or output, no clock.
[[nodiscard]] Files documents(const model::Plan& plan, const std::vector<analysis::Estimate>& estimates, analysis::Instant as_of);

}  // namespace muster::backends::document
