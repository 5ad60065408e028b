// What two plans say, compared declaration by declaration.
#pragma once

#include <vector>

#include "compiler/diff/difference.h"

namespace muster::diff {

/// Every declaration that is gone, new, renamed or says something else, and the plan's own clauses. It compares what `muster export`
/// shows: whatever a plan can say is noticed. A declaration of which everything but the name is as before is renamed.
[[nodiscard]] std::vector<Declaration> changed_declarations(const model::Plan& before, const model::Plan& after);

}  // namespace muster::diff
