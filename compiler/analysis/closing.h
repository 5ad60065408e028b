// The steps with which a service comes back, and what is left to wait for after them.
#pragma once

#include <vector>

#include "compiler/analysis/estimate.h"

namespace muster::analysis {

/// A step after which no other step is waited for until the service is there.
struct Closing {
    Id<model::Step> step;
    Time rest{0};  ///< from its end until the service is there, in planning values: starts, names that are kept, what it needs
};

/// The closing steps of the service of `outcome` in `estimate`, in order of declaration. It is there at the largest of the end of each and
/// its `rest`, however long the steps took. Empty where it waits for no step or does not come back.
[[nodiscard]] std::vector<Closing> closing_steps(const Estimate& estimate, const ServiceOutcome& outcome);

}  // namespace muster::analysis
