// What finds a scenario, and when at worst.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/analysis/impact.h"
#include "compiler/analysis/network.h"

namespace muster::analysis {

/// The detectors that see `scenario`: each watches something affected, runs where it is not down, and, where data is damaged,
/// sees corruption. Where the scenario names detectors, only those count.
[[nodiscard]] std::vector<Id<model::Detector>> detectors_that_see(const model::Plan& plan, const model::Scenario& scenario,
                                                                  const Impact& impact);

/// A detector that watches something that a scenario affects, and does not see it.
struct Blind {
    Id<model::Detector> detector;
    std::string why;  ///< a clause about it: "runs only where it is down"
};

/// The detectors that are blind for `scenario`, of all, or of those that it names.
[[nodiscard]] std::vector<Blind> blind_detectors(const model::Plan& plan, const model::Scenario& scenario, const Impact& impact);

/// What finds it without a detector: `undetected for` where data is damaged, else `detected after`. Nothing where the plan says neither.
[[nodiscard]] std::optional<model::Duration> found_without_detector(const model::Scenario& scenario, const Impact& impact,
                                                                    bool seen_by_detector);

/// How long damage goes unseen, in planning values: D of model.md. Zero where nothing is damaged; nothing where it is not known.
[[nodiscard]] std::optional<Time> unseen_for(const model::Plan& plan, const model::Scenario& scenario, const Impact& impact);

}  // namespace muster::analysis
