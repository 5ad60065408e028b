// `simulate --campaign`: years instead of single disasters.
#pragma once

#include "cli/input.h"
#include "simulator/campaign.h"

namespace muster::cli {

/// Whether campaigns of the plan can be made: some scenario is likely, and not so much that nobody would wait. Complains where not.
[[nodiscard]] bool has_campaigns(const Input& input, const simulator::CampaignOptions& options);

/// Goes through the years and prints what they come to, with what the changes of the command line do. The exit code says whether every
/// target for availability is kept on average; with changes, by the changed plan.
[[nodiscard]] int simulate_campaigns(const Input& input, const Common& common, const simulator::CampaignOptions& options);

}  // namespace muster::cli
