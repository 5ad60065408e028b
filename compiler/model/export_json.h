// The plan itself for other programs: everything that the model holds, with names in place of ids.
#pragma once

#include <string>

#include "compiler/diagnostics/findings_json.h"
#include "compiler/model/plan.h"
#include "compiler/support/source.h"

namespace muster::model {

/// The JSON document of `muster export`, as docs/json.md has it. Tables come in order of declaration, and what the plan does not say
/// is left out. Each declaration says where it stands in `positions`, unless that is null.
[[nodiscard]] std::string render_json(const Plan& plan, const diagnostics::Provenance& provenance, const support::Sources* positions);

}  // namespace muster::model
