// How many objectives a plan keeps, and which of its data a scenario concerns.
#pragma once

#include <vector>

#include "compiler/analysis/estimate.h"

namespace muster::analysis {

/// Whether the scenario of `e` concerns the data of `outcome`: its original is not as it was, or a step writes it.
[[nodiscard]] bool touched(const Estimate& e, const DataOutcome& outcome);

/// How many objectives have each verdict. Each counts once in every scenario that affects what it holds for.
struct ObjectiveCount {
    std::size_t met = 0;
    std::size_t missed = 0;   ///< too late, never, or lost
    std::size_t unknown = 0;  ///< the plan does not say enough
};

/// The RTO and the skew of each service and the RPO of each of its data, counted over `estimates`.
[[nodiscard]] ObjectiveCount count_objectives(const std::vector<Estimate>& estimates);

}  // namespace muster::analysis
