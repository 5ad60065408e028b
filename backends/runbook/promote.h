// How a replica becomes the primary.
#pragma once

#include "backends/runbook/work.h"

namespace muster::backends::runbook {

/// Adds to `work` the promotion of a replica of PostgreSQL or Redis, by its client in the pods at the replica's site, or by the connection
/// string in $MUSTER_DATABASE_<SERVICE>; of anything else, and where no client can run in the pods, an instruction.
void add_promote(const StepIn& step, const model::Promote& promote, Work& work);

}  // namespace muster::backends::runbook
