// The part of a recovery network that every scenario has alike: from the disruption to the declaration, and what has to come back
// before something can be used.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/analysis/recovery.h"

namespace muster::analysis {

/// The node of the disruption.
inline constexpr NodeId disruption = 0;
/// As an input: there is nothing to wait for.
inline constexpr NodeId none = 0;

/// Adds nodes to the network of `recovery`, whose impact, procedures and sources are known.
class Groundwork {
public:
    Groundwork(const model::Plan& plan, Recovery& recovery)
        : plan_(plan), recovery_(recovery), network_(recovery.network), scenario_(plan.scenarios[recovery.scenario]) {}

protected:
    /// Adds a node that waits for all of `inputs`; for the disruption where there are none. Inputs that are `none` are dropped.
    NodeId add(Node::Kind kind, std::string key, Delay delay, std::vector<NodeId> inputs, std::uint32_t subject = 0);
    /// Adds `node` as it is.
    NodeId add(Node node);
    /// A node for each service that is unavailable. Steps may wait for a service that is brought back later on, so these come
    /// first and are filled in last.
    void reserve_ready_nodes();
    /// From the disruption to the moment when somebody knows.
    void detect();
    /// From there to the declaration.
    void declare();
    /// When role `id` is at work.
    NodeId response(Id<model::Role> id);
    /// When what failed has come back by itself; the scenario says `lasts`.
    NodeId returning();
    /// A node that never happens.
    NodeId impossible(std::string why);
    /// What to wait for until a place or a thing can be used; `none` where it can.
    NodeId until_up(const model::Place& place);
    NodeId until_up(model::Thing thing);
    /// When damaged data is right again: once the last step that writes it has ended, or else once what holds it is ready.
    NodeId until_restored(Id<model::Dataset> data);
    [[nodiscard]] const std::string& name(Id<model::Service> service) const { return plan_.services[service].heading.name; }

    const model::Plan& plan_;
    Recovery& recovery_;
    Network& network_;
    const model::Scenario& scenario_;

private:
    std::map<std::uint32_t, NodeId> responses_;  // by role
    NodeId returning_ = none;
};

}  // namespace muster::analysis
