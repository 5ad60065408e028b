// What a scenario takes away at t = 0: places, things, data, and what depends on them.
#pragma once

#include <vector>

#include "compiler/analysis/partition.h"
#include "compiler/model/plan.h"

namespace muster::analysis {

using support::Id;
using support::Time;

/// How a service stands right after the disruption.
enum class State : std::uint8_t {
    unaffected,
    degraded,  ///< something that it wants is down, or some of its places are
    impaired,  ///< it runs, but something that it needs is unavailable, or data that it uses is damaged
    failed,    ///< no active placement is left, or data that it holds is damaged
};

/// "unaffected", "degraded", "impaired" or "failed".
[[nodiscard]] std::string_view state_name(State state);

/// What is down, destroyed, damaged or in an attacker's reach at t = 0. Vectors are indexed by id.
struct Impact {
    std::vector<bool> sites_down, zones_down, stores_down, externals_down, tools_down, roles_absent;
    std::vector<bool> tools_hit;  ///< down for themselves or for their sites, not for what they live in
    std::vector<bool> sites_destroyed, zones_destroyed, stores_destroyed;
    std::vector<bool> sites_compromised, stores_compromised;
    std::vector<bool> domains_down;    ///< a provider, region or account that fails, or of which every site and store is down
    bool damage = false;               ///< some data is damaged, or an attacker reaches a site or a store
    std::vector<bool> data_damaged;    ///< corrupted or deleted: what it holds is wrong
    std::vector<bool> data_destroyed;  ///< gone together with every service that held it
    Partition partition;               ///< what the scenario cuts apart
    std::vector<State> services;

    /// Whether `place` is down.
    [[nodiscard]] bool down(const model::Place& place) const;
    /// Whether `thing` is unavailable at t = 0; data counts when it is damaged, a role when it is absent.
    [[nodiscard]] bool down(model::Thing thing) const;
    /// Whether a service cannot be used: failed or impaired.
    [[nodiscard]] bool unavailable(Id<model::Service> service) const { return services[service.value] >= State::impaired; }
};

/// What `scenario` does to `plan` at t = 0.
[[nodiscard]] Impact impact_of(const model::Plan& plan, const model::Scenario& scenario);

/// Whether `place` is destroyed, by `impact`, as a whole.
[[nodiscard]] bool destroyed(const Impact& impact, const model::Place& place);

/// Whether `service` is destroyed: itself, or every active place of it, or one of them where it is pinned to its zones. It does not
/// come back by itself then.
[[nodiscard]] bool destroyed(const model::Plan& plan, const model::Scenario& scenario, const Impact& impact, Id<model::Service> service);

/// Whether `step` is left out: something that it names in `skip if … is down` is down.
[[nodiscard]] bool skipped(const Impact& impact, const model::Step& step);

/// Whether every active placement of `service` is down; false for a service without placements.
[[nodiscard]] bool lost_every_place(const Impact& impact, const model::Service& service);

}  // namespace muster::analysis
