// What kubectl and Helm do with the workloads of services.
#pragma once

#include "backends/runbook/work.h"

namespace muster::backends::runbook {

/// Each adds to `work` the commands for the services of which kubectl or Helm knows the workload, with what goes before and takes it back,
/// and an instruction for every other.
void add_scale(const StepIn& step, const model::Scale& scale, Work& work);
/// What ran at a place that is down is cut off by a person: see is_fenced_from_outside.
void add_fence(const StepIn& step, const model::Fence& fence, Work& work);
void add_restart(const StepIn& step, const model::Restart& restart, Work& work);
void add_roll_back(const StepIn& step, const model::RollBack& back, Work& work);

}  // namespace muster::backends::runbook
