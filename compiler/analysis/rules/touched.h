// What the scenarios of a plan touch, found once for all rules that ask.
#pragma once

#include <vector>

#include "compiler/analysis/estimate.h"

namespace muster::analysis::rules {

/// By id: whether it is touched in any scenario.
struct Touched {
    std::vector<bool> services;  ///< it is not unaffected
    std::vector<bool> failed;    ///< services that fail themselves, and not with what they need
    std::vector<bool> data;      ///< it is damaged or destroyed, or what holds it is touched
    std::vector<bool> stores;    ///< it is down or in an attacker's reach
};

/// What the scenarios touch at their beginning. `estimates` are of all scenarios of `plan`.
[[nodiscard]] Touched touched_in(const model::Plan& plan, const std::vector<Estimate>& estimates);

/// Whether a plan has so many scenarios that what none of them touches was forgotten.
[[nodiscard]] bool has_many_scenarios(const model::Plan& plan);

}  // namespace muster::analysis::rules
