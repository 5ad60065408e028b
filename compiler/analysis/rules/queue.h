// Objectives that are missed only because steps queue for people.
#pragma once

#include <optional>

#include "compiler/analysis/estimate.h"

namespace muster::analysis::rules {

/// The role whose hands the path of `outcome` waits for longest, where its RTO is missed and would be kept if nobody had to wait.
[[nodiscard]] std::optional<Id<model::Role>> late_only_for(const model::Plan& plan, const Estimate& e, const ServiceOutcome& outcome);

}  // namespace muster::analysis::rules
