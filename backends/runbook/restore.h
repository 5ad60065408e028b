// How a step brings data back from a backup.
#pragma once

#include "backends/runbook/work.h"

namespace muster::backends::runbook {

/// Adds to `work` how each dataset of `restore` comes back from the copy that the recovery model chose for it: by commands for
/// what a job of Muster wrote to a store that can be reached, else by an instruction that names copy and place.
void add_restore(const StepIn& step, const model::Restore& restore, Work& work);

/// Whether the operator has to say to which moment the data goes back: where it was damaged, or the plan wants the time before.
[[nodiscard]] bool needs_target_time(const StepIn& step);

}  // namespace muster::backends::runbook
