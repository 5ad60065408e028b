// Estimates as Markdown: the recovery-time matrix as an auditor files it.
#pragma once

#include <string>
#include <vector>

#include "compiler/analysis/estimate.h"

namespace muster::analysis {

/// The estimates as GitHub-flavoured Markdown: first a matrix of all scenarios, then for each scenario what is affected by tier, with
/// target and achieved, the data, every copy with its state and the reason, and what the service that is back last waits for.
[[nodiscard]] std::string render_markdown(const model::Plan& plan, const std::vector<Estimate>& estimates);

}  // namespace muster::analysis
