// The path that makes a recovery time: what was waited for, and what each part's length is made of.
#pragma once

#include "compiler/analysis/estimate.h"

namespace muster::analysis {

/// The parts from the disruption to `last`, each the one that the next waited for longest; parts without length are left
/// out unless they are steps. `last` happens.
[[nodiscard]] std::vector<PathPart> path_to(const model::Plan& plan, const Recovery& recovery, const Times& times, NodeId last);

/// The path that makes the RTA of `outcome`, from the disruption on; empty where it is not affected or never back.
[[nodiscard]] std::vector<PathPart> path_of(const model::Plan& plan, const Estimate& estimate, const ServiceOutcome& outcome);

/// The nodes of that path, for whoever describes only some of them.
[[nodiscard]] std::vector<NodeId> way_to(const Network& network, const Times& times, NodeId last);

/// The part of a path that `node` is, whether it happens or not.
[[nodiscard]] PathPart describe(const model::Plan& plan, const Recovery& recovery, const Times& times, NodeId node);

/// Why `node`, the root of something that never happens, does not end: what is impossible, not known, or waits for itself. A clause
/// without a full stop.
[[nodiscard]] std::string obstacle_at(const model::Plan& plan, const Recovery& recovery, const Outlook& outlook, NodeId node);

}  // namespace muster::analysis
