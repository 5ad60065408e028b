// The result of a simulation for other programs.
#pragma once

#include <string>

#include "compiler/diagnostics/findings_json.h"
#include "compiler/model/plan.h"
#include "simulator/comparison.h"
#include "simulator/lever.h"
#include "simulator/result.h"

namespace muster::simulator {

/// A change of the plan, in words, and what it does.
struct WhatIf {
    const std::vector<std::string>& changes;
    const std::vector<Shift>& shifts;
};

/// What is told besides the result itself; null where it was not asked for.
struct Besides {
    const WhatIf* what_if = nullptr;
    const Sensitivity* sensitivity = nullptr;
};

/// The JSON document of `muster simulate`. Quantiles, maximum and mean are null where they are never; `never` is the share of trials
/// in which a service does not come back, or data is lost; what has no objective has no `met`. `obstacle` says
/// why a service does not come back in planning values.
[[nodiscard]] std::string render_json(const model::Plan& plan, const Result& result, const diagnostics::Provenance& provenance,
                                      const Besides& besides = {});

}  // namespace muster::simulator
