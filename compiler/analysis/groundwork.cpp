#include "compiler/analysis/groundwork.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/detection.h"

namespace muster::analysis {

using model::Kind;
using model::Role;
using model::Thing;

NodeId Groundwork::add(Node node) {
    network_.nodes.push_back(std::move(node));
    return static_cast<NodeId>(network_.nodes.size() - 1);
}

NodeId Groundwork::add(Node::Kind kind, std::string key, Delay delay, std::vector<NodeId> inputs, std::uint32_t subject) {
    std::erase(inputs, none);
    if (inputs.empty()) inputs = {disruption};
    std::sort(inputs.begin(), inputs.end());
    inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
    return add({kind, std::move(key), false, std::move(delay), std::move(inputs), subject});
}

void Groundwork::reserve_ready_nodes() {
    network_.ready.assign(plan_.services.size(), none);
    network_.reached.assign(plan_.services.size(), none);
    recovery_.steps.assign(plan_.steps.size(), none);
    for (const auto service : plan_.services.ids())
        if (recovery_.impact.unavailable(service))
            network_.ready[service.value] = add(Node::Kind::ready, "ready " + name(service), NoDelay{}, {}, service.value);
}

void Groundwork::detect() {
    std::vector<NodeId> ways;
    const auto detectors = detectors_that_see(plan_, scenario_, recovery_.impact);
    for (const auto id : detectors) {
        const model::Detector& detector = plan_.detectors[id];
        const std::string key = "detector " + detector.heading.name;
        if (detector.every) ways.push_back(add(Node::Kind::detector, key, DetectorDelay{id}, {disruption}, id.value));
        else
            ways.push_back(add(Node::Kind::detector, key, UnknownDelay{"how often `" + detector.heading.name + "` looks is not said"},
                               {disruption}, id.value));
    }
    if (const auto found = found_without_detector(scenario_, recovery_.impact, !detectors.empty()))
        ways.push_back(add(Node::Kind::either, "found " + scenario_.heading.name, DurationDelay{*found}, {disruption}));
    const Delay delay = ways.empty() ? Delay{UnknownDelay{"no detector sees it, and the scenario does not say after how long it is found"}}
                                     : Delay{NoDelay{}};
    network_.detection = add(Node::Kind::detection, "detection", delay, ways);
    network_.nodes[network_.detection].any = true;
}

void Groundwork::declare() {
    network_.declaration = network_.detection;
    if (!plan_.declaration) return;
    const NodeId declarer = response(plan_.declaration->by.value);
    network_.declaration =
        add(Node::Kind::declaration, "declaration", DurationDelay{plan_.declaration->takes}, {declarer}, plan_.declaration->by.value.value);
}

NodeId Groundwork::response(Id<Role> id) {
    const auto known = responses_.find(id.value);
    if (known != responses_.end()) return known->second;
    const Role& role = plan_.roles[id];
    const std::string key = "response " + role.heading.name;
    NodeId node = none;
    if (role.headcount == 0) {
        node = add(Node::Kind::response, key, ImpossibleDelay{"nobody is in role `" + role.heading.name + "`"}, {network_.detection},
                   id.value);
    } else if (recovery_.impact.roles_absent[id.value] && !scenario_.lasts) {
        node =
            add(Node::Kind::response, key, ImpossibleDelay{"role `" + role.heading.name + "` is absent"}, {network_.detection}, id.value);
    } else {
        const NodeId back = recovery_.impact.roles_absent[id.value] ? returning() : none;
        node = add(Node::Kind::response, key, ResponseDelay{id}, {network_.detection, back}, id.value);
    }
    return responses_[id.value] = node;
}

NodeId Groundwork::returning() {
    if (returning_ == none)
        returning_ = add(Node::Kind::returning, "return of " + scenario_.heading.name, DurationDelay{scenario_.lasts->value}, {disruption});
    return returning_;
}

NodeId Groundwork::impossible(std::string why) {
    const std::string key = fmt::format("impossible {}", network_.nodes.size());
    return add(Node::Kind::either, key, ImpossibleDelay{std::move(why)}, {disruption});
}

NodeId Groundwork::until_up(const model::Place& place) {
    if (!recovery_.impact.down(place)) return none;
    const std::string& site = plan_.sites[place.site].heading.name;
    if (destroyed(recovery_.impact, place)) return impossible("site `" + site + "` is destroyed");
    return scenario_.lasts ? returning() : impossible("site `" + site + "` is down and does not come back by itself");
}

NodeId Groundwork::until_up(Thing thing) {
    if (!recovery_.impact.down(thing)) return none;
    if (thing.kind == Kind::service) return network_.ready[thing.index];
    if (thing.kind == Kind::store && recovery_.impact.stores_destroyed[thing.index])
        return impossible("store `" + model::name_of(plan_, thing) + "` is destroyed");
    if (thing.kind == Kind::dataset) return until_restored({thing.index});
    const auto destroys_it = [&](const model::Effect& effect) {
        return effect.verb == model::Effect::Verb::destroys && effect.thing == thing;
    };
    if (std::any_of(scenario_.effects.begin(), scenario_.effects.end(), destroys_it))
        return impossible(fmt::format("{} `{}` is destroyed", model::kind_of(plan_, thing), model::name_of(plan_, thing)));
    if (scenario_.lasts) return returning();
    return impossible(
        fmt::format("{} `{}` is down and does not come back by itself", model::kind_of(plan_, thing), model::name_of(plan_, thing)));
}

NodeId Groundwork::until_restored(Id<model::Dataset> data) {
    std::vector<NodeId> inputs;
    for (const Source& source : recovery_.sources)
        if (source.data == data) inputs.push_back(recovery_.steps[source.step.value]);
    if (inputs.empty())
        for (const auto& holder : plan_.data[data].in) inputs.push_back(network_.ready[holder.value.value]);
    const std::string& data_name = plan_.data[data].heading.name;
    if (inputs.empty()) return impossible("nothing restores `" + data_name + "`");
    return add(Node::Kind::restored, fmt::format("restored {} {}", data_name, network_.nodes.size()), NoDelay{}, inputs, data.value);
}

}  // namespace muster::analysis
