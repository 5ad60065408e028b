// The estimate for other programs.
#pragma once

#include <string>
#include <vector>

#include "compiler/analysis/estimate.h"
#include "compiler/analysis/moved.h"
#include "compiler/diagnostics/findings_json.h"

namespace muster::analysis {

/// What moves with changes of the plan, and what these are, in words.
struct WhatIf {
    std::vector<std::string> changes;
    std::vector<Moved> moved;
};

/// The JSON document of `muster estimate`, as docs/json.md has it; with `what_if` where a change was asked for.
[[nodiscard]] std::string render_json(const model::Plan& plan, const std::vector<Estimate>& estimates,
                                      const diagnostics::Provenance& provenance, const WhatIf* what_if = nullptr);

}  // namespace muster::analysis
