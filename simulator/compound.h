// Two scenarios at once, and one while another is being recovered from.
#pragma once

#include <string>
#include <vector>

#include "simulator/comparison.h"

namespace muster::simulator {

/// `a` and `b` at the same moment, as one scenario `a + b`: both do what they do, damage is unseen for the longer of the two, what fails
/// returns by itself only where it does in both, after the longer time. Where both choose how to recover the same service, `a` decides.
[[nodiscard]] model::Scenario together(const model::Scenario& a, const model::Scenario& b);

/// What is taken away by both: services that fail, and data that is damaged, by name. While one is under way the other cannot take it
/// again.
[[nodiscard]] std::vector<std::string> taken_by_both(const model::Plan& plan, Id<model::Scenario> a, Id<model::Scenario> b,
                                                     analysis::Instant as_of);

/// How the recoveries of `a` and `b` hinder each other where `b` comes at a moment that is uniform over the recovery from `a`: each service
/// and dataset of each of the two, alone and beside the other, in the same trials. People and bandwidth are shared as in `outcomes`.
[[nodiscard]] std::vector<Shift> compare_during(const model::Plan& plan, Id<model::Scenario> a, Id<model::Scenario> b,
                                                const Options& options);

}  // namespace muster::simulator
