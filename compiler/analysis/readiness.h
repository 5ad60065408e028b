// When services can be used again, as nodes of a recovery network.
#pragma once

#include <deque>
#include <map>
#include <unordered_map>

#include "compiler/analysis/groundwork.h"
#include "compiler/analysis/stops.h"

namespace muster::analysis {

/// Adds a node for each service that somebody waits for. A service that steps stop is ready more than once: before they stop it,
/// between two of them, and at last. Each of these is a node, known by the steps that have stopped something until then.
class Readiness {
public:
    Readiness(Groundwork& ground, const Stops& stops);

    /// What to wait for until `thing` can be used after `stopped`; `none` where it can all along.
    NodeId until_up(model::Thing thing, const StepSet& stopped);
    /// Likewise for the first of several; nothing has to be waited for where any of them is at hand all along.
    NodeId until_any(const std::vector<model::SaidId<model::Secret>>& secrets, const std::string& what, const StepSet& stopped);
    /// When `service` is ready after `stopped`; `none` where it is available all along.
    NodeId ready(Id<model::Service> service, const StepSet& stopped);
    /// When the service can be reached through the names that its procedure switches, if `ready` is when it is ready.
    NodeId reached(Id<model::Service> service, NodeId ready);
    /// Says of every node that was asked for what it waits for. Has to follow the last question.
    void fill();

private:
    struct Layer {
        StepSet stopped;
        std::unordered_set<std::uint32_t> disturbed;      // services; every unavailable one for the first layer
        std::unordered_map<std::uint32_t, NodeId> nodes;  // by service
    };
    struct Open {
        Id<model::Service> service;
        Layer* layer;
    };

    Layer& layer_of(const StepSet& stopped);
    void fill(const Open& open);
    void fill_running(Id<model::Service> service, const Layer& layer, std::vector<NodeId> inputs);
    void fill_failed(Id<model::Service> service, const Layer& layer, const std::vector<NodeId>& inputs);
    std::vector<NodeId> dependencies(Id<model::Service> service, const Layer& layer);
    std::vector<NodeId> stopped_and_started(Id<model::Service> service, const Layer& layer);
    NodeId started_again(Id<model::Step> stop, Id<model::Service> service);
    NodeId until_met(Id<model::Service> service, std::size_t group, const Layer& layer, const Spot* from);
    NodeId until_any_up(const std::vector<model::SaidThing>& things, std::string key, const StepSet& stopped, const Spot* from = nullptr);
    NodeId reached_from(const Spot& from, model::Thing thing, NodeId up);
    NodeId until_needs_met(Id<model::Service> service, const Layer& layer, const Spot* from);
    NodeId until_tool(Id<model::Tool> tool, const StepSet& stopped);
    NodeId until_replaced(Id<model::External> external, const StepSet& stopped);
    NodeId until_restored(Id<model::Dataset> data, const StepSet& stopped);
    NodeId completion(Id<model::Service> service, Id<model::Procedure> procedure);
    NodeId first_of(const std::vector<NodeId>& ways, Node::Kind kind, std::string key, std::uint32_t subject);
    NodeId line_completion(Id<model::Service> service);
    NodeId restored_by(Id<model::Dataset> data, Id<model::Procedure> procedure);
    NodeId or_instead(NodeId node, Id<model::Service> service, Id<model::Procedure> procedure);
    NodeId rebuilt(Id<model::Service> service, std::string_view how, NodeId started);
    bool holds_damaged_data(Id<model::Service> service) const;
    [[nodiscard]] const std::string& name(Id<model::Service> service) const { return ground_.plan.services[service].heading.name; }

    Groundwork& ground_;
    const Stops& stops_;
    const model::Plan& plan_;
    const Recovery& recovery_;
    std::map<StepSet, Layer> layers_;
    std::map<std::pair<std::uint32_t, StepSet>, NodeId> replaced_;  // by external
    std::deque<Open> open_;
};

}  // namespace muster::analysis
