// Where the figures of an estimate are from, where the plan does not say them itself.
#pragma once

#include "compiler/analysis/network.h"

namespace muster::analysis {

struct Estimate;

/// The origins of what the length of `delay` is made of, none twice: figures of profiles, and what was measured.
[[nodiscard]] std::vector<Id<model::Origin>> origins_of(const model::Plan& plan, const Delay& delay);

/// The same of the durations that the loss of `copy` is made of.
[[nodiscard]] std::vector<Id<model::Origin>> origins_of_loss(const model::Copy& copy);

/// What to say of them after a length: ", by profile `postgres`: promote of postgres", ", p95 of 7 observed as `promotion`".
[[nodiscard]] std::string provenance(const model::Plan& plan, const std::vector<Id<model::Origin>>& origins);

/// The origins of all that the RTAs of `estimate` rest on, in order of the services and of the paths to them, none twice.
[[nodiscard]] std::vector<Id<model::Origin>> origins_of(const model::Plan& plan, const Estimate& estimate);

}  // namespace muster::analysis
