// Which procedure recovers which service in a scenario.
#pragma once

#include "compiler/analysis/recovery.h"

namespace muster::analysis {

/// Fills in `procedure_of`, `undecided` and `procedures`: what the scenario's `recover` and `follow` say, skipping procedures
/// that are `given_up`; for a failed service that they do not name, the only procedure that recovers it.
void choose_procedures(const model::Plan& plan, const std::vector<Id<model::Procedure>>& given_up, Recovery& recovery);

/// Adds to `given_up` those of `impossible` for which `scenario` names another to turn to. Whether it added any.
[[nodiscard]] bool give_up(const model::Scenario& scenario, const std::vector<Id<model::Procedure>>& impossible,
                           std::vector<Id<model::Procedure>>& given_up);

}  // namespace muster::analysis
