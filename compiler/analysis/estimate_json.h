// The estimate for other programs.
#pragma once

#include <string>
#include <vector>

#include "compiler/analysis/estimate.h"
#include "compiler/diagnostics/findings_json.h"

namespace muster::analysis {

/// The JSON document of `muster estimate`, as docs/json.md has it.
[[nodiscard]] std::string render_json(const model::Plan& plan, const std::vector<Estimate>& estimates,
                                      const diagnostics::Provenance& provenance);

}  // namespace muster::analysis
