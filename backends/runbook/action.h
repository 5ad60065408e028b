// What a step's action comes to.
#pragma once

#include "backends/runbook/work.h"

namespace muster::backends::runbook {

/// What carries out the action of `step`; its own command where the plan gives one with `using`. `number` is the step's in its
/// runbook, from 1. An empty step comes to nothing.
[[nodiscard]] Work work_of(const StepIn& step, int number);

/// What undoes the step; empty where the plan does not say how.
[[nodiscard]] Work undo_of(const StepIn& step, int number);

}  // namespace muster::backends::runbook
