// Which procedures are part of a recovery, and not of a drill alone.
#pragma once

#include <vector>

#include "compiler/analysis/estimate.h"

namespace muster::analysis {

/// By procedure of `plan`: whether any scenario follows it, or may turn to it. `estimates` are of all scenarios.
[[nodiscard]] std::vector<bool> followed_anywhere(const model::Plan& plan, const std::vector<Estimate>& estimates);

}  // namespace muster::analysis
