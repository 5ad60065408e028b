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

/// The parts that `node` adds to a path: where it had to wait for people, that wait, and then itself.
[[nodiscard]] std::vector<PathPart> parts_of(const model::Plan& plan, const Recovery& recovery, const Times& times, NodeId node);

/// Since when `node`, which has begun, could have begun if what it needs had been free.
[[nodiscard]] Time ready_since(const Network& network, const Times& times, NodeId node);

/// The part of a path that `node` is, whether it happens or not.
[[nodiscard]] PathPart describe(const model::Plan& plan, const Recovery& recovery, const Times& times, NodeId node);

/// How many of those that wait for each other are named.
inline constexpr std::size_t most_in_circle = 8;

/// Names that follow each other in a circle: "`a` -> `b` -> `a`". Of more than `most_in_circle` the first are named and the others counted.
[[nodiscard]] std::string circle_of(std::vector<std::string> names);

/// Why `node`, the root of something that never happens, does not end: what is impossible, not known, or waits for itself. A clause
/// without a full stop.
[[nodiscard]] std::string obstacle_at(const model::Plan& plan, const Recovery& recovery, const Outlook& outlook, NodeId node);

}  // namespace muster::analysis
