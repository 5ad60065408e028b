// Runbooks: one script per scenario that a tired person can run, the same as a page, and an index.
#pragma once

#include <vector>

#include "backends/files.h"
#include "compiler/analysis/estimate.h"
#include "compiler/support/source.h"

namespace muster::backends::runbook {

/// `runbooks/<scenario>.sh`, `.md` and `.html` for every estimate, the same of `failback-<scenario>` where a recovery moves something,
/// then `README.md` and `index.html`. A plan without scenarios has no runbooks.
/// No input or output, no clock: the same plan makes the same bytes. `sources` names the files that the plan was read from.
[[nodiscard]] Files runbooks(const model::Plan& plan, const support::Sources& sources, const std::vector<analysis::Estimate>& estimates);

}  // namespace muster::backends::runbook
