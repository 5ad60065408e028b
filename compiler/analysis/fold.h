// One finding for a family of scenarios, where each of its members has the same.
#pragma once

#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/plan.h"

namespace muster::analysis {

/// `findings` with those of members of one family that have the same code, place and subject as one: the worst of them (never or unknown,
/// else the longest time; the first of equals), with the other members named at the scenario's declaration.
[[nodiscard]] std::vector<diagnostics::Diagnostic> fold_families(const model::Plan& plan, std::vector<diagnostics::Diagnostic> findings);

}  // namespace muster::analysis
