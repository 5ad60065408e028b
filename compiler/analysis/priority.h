// Who is served first where several steps want the same people.
#pragma once

#include "compiler/analysis/recovery.h"

namespace muster::analysis {

/// By service: the smallest RTO under `kind` among the service and all that hard-depend on it; `never` where none has one.
[[nodiscard]] std::vector<Time> urgency_of_services(const model::Plan& plan, model::DisruptionKind kind);

/// Gives every step of the network of `recovery` its rank. First come the steps of procedures that recover the most urgent services
/// (steps `afterwards` last), of those the ones with the longest path after them, in planning values and without contention, then the
/// smaller qualified name.
void rank_steps(const model::Plan& plan, Recovery& recovery);

}  // namespace muster::analysis
