// What still reaches what while a scenario cuts the network.
#pragma once

#include <functional>
#include <vector>

#include "compiler/analysis/impact.h"

namespace muster::analysis {

/// Where `thing` is: a service in each zone or site where it is active and not down, else where it is a standby, else nowhere in
/// particular; a tool where it lives; data where what holds it is; a place in its zones. Never empty.
[[nodiscard]] std::vector<Spot> spots_of(const model::Plan& plan, const Impact& impact, model::Thing thing);
/// Likewise of a place: the zone, or those of the site that are not down.
[[nodiscard]] std::vector<Spot> spots_of(const model::Plan& plan, const Impact& impact, const model::Place& place);

/// Whether no cut lies between `from` and at least one of `to`.
[[nodiscard]] bool reaches(const Impact& impact, const Spot& from, const std::vector<Spot>& to);
/// Whether any of `from` reaches any of `to`.
[[nodiscard]] bool reaches(const Impact& impact, const std::vector<Spot>& from, const std::vector<Spot>& to);

/// Whether `service` lacks something that it needs where `away` says what is unavailable wherever one is. It does where at every place
/// of it (of a pinned one: at any) for one of its needs all alternatives are away or cut off.
[[nodiscard]] bool lacks_needs(const model::Plan& plan, const Impact& impact, Id<model::Service> service,
                               const std::function<bool(model::Thing)>& away);
/// Whether it lacks a need at some of its places, or cannot reach from there what it wants.
[[nodiscard]] bool lacks_something(const model::Plan& plan, const Impact& impact, Id<model::Service> service);

/// Whether a replica of `data` is cut off from what it follows.
[[nodiscard]] bool cut_off(const model::Plan& plan, const Impact& impact, Id<model::Dataset> data, const model::Replica& replica);
/// Whether `store` is cut off from where `data` is written.
[[nodiscard]] bool cut_off(const model::Plan& plan, const Impact& impact, Id<model::Dataset> data, Id<model::Store> store);
/// Whether `service` holds data with a synchronous replica that is cut off and does not fall back: then it cannot write.
[[nodiscard]] bool held_up(const model::Plan& plan, const Impact& impact, Id<model::Service> service);

}  // namespace muster::analysis
