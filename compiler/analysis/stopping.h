// How long it takes until somebody keeps a delayed replica from following damage.
#pragma once

#include "compiler/model/plan.h"

namespace muster::analysis {

/// From the moment the damage is seen until somebody is at work who can stop the replica: the longest response, at the worst hour of the
/// week, of the roles that perform a step which promotes it; where no role does, that of whoever declares; else zero. Whether a role is
/// absent in a scenario, and who it escalates to, does not count.
[[nodiscard]] support::Time time_to_stop(const model::Plan& plan, support::Id<model::Copy> replica);

}  // namespace muster::analysis
