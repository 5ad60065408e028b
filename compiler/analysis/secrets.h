// Which keys and credentials a copy cannot be read without, and whether a scenario leaves any place that has them.
#pragma once

#include <vector>

#include "compiler/analysis/impact.h"

namespace muster::analysis {

/// The keys that what `copy` has in `store` is encrypted with: the store's, the copy's and, of an archive, its base copy's. All of them are
/// needed to read it.
[[nodiscard]] std::vector<Id<model::Secret>> keys_of(const model::Plan& plan, Id<model::Copy> copy, Id<model::Store> store);

/// Whether every place that has `secret` is destroyed, or down and the scenario does not say how long it `lasts`; of a service: every place
/// that it runs in. A secret that the plan keeps nowhere is taken to be at hand.
[[nodiscard]] bool is_lost(const model::Plan& plan, const model::Scenario& scenario, const Impact& impact, Id<model::Secret> secret);

/// Why what `copy` has in `store` cannot be read: a key is lost, or all credentials of the store are. Empty where it can.
[[nodiscard]] std::string unreadable(const model::Plan& plan, const model::Scenario& scenario, const Impact& impact, Id<model::Copy> copy,
                                     Id<model::Store> store);

}  // namespace muster::analysis
