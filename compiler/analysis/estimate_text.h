// The estimate for people: the recovery-time matrix.
#pragma once

#include <string>
#include <vector>

#include "compiler/analysis/estimate.h"

namespace muster::analysis {

/// One table for each scenario: the affected services with RTO, RTA and verdict, the data with RPO, RPA and the copy that it comes
/// from, and the path of the service that takes longest. `colour` adds terminal colours.
[[nodiscard]] std::string render_text(const model::Plan& plan, const std::vector<Estimate>& estimates, bool colour);

}  // namespace muster::analysis
