// Builds the network of a scenario.
#pragma once

#include "compiler/analysis/recovery.h"

namespace muster::analysis {

/// Fills in `network` and `steps` of a recovery whose impact, procedures and sources are known.
void build_network(const model::Plan& plan, const Schedules& schedules, Recovery& recovery);

}  // namespace muster::analysis
