// What a runbook turns to where a step fails.
#pragma once

#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// Whether the steps of `procedure` are begun without anything having failed.
[[nodiscard]] bool is_followed(const analysis::Estimate& estimate, Id<model::Procedure> procedure);

/// The steps of procedures that are only turned to and of which the estimate plans nothing: that a step names with `otherwise`, or the
/// scenario for a procedure, and so on from those. In planning values a step may not be able to fail; when it is run any step can.
[[nodiscard]] std::vector<analysis::PlannedStep> unplanned_steps(const model::Plan& plan, const analysis::Estimate& estimate);

/// Sets `impossible`, `instead`, `otherwise` and `falls_back` of every stop.
void add_alternatives(Itinerary& itinerary);

/// All procedures whose steps are in the itinerary.
[[nodiscard]] std::vector<Id<model::Procedure>> all_procedures(const Itinerary& itinerary);

}  // namespace muster::backends::runbook
