#include "compiler/analysis/groundwork.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/detection.h"

namespace muster::analysis {

using model::Kind;
using model::Procedure;
using model::Role;
using model::Thing;

Groundwork::Groundwork(const model::Plan& the_plan, Recovery& the_recovery)
    : plan(the_plan), recovery(the_recovery), scenario(the_plan.scenarios[the_recovery.scenario]), network_(the_recovery.network) {
    add({Node::Kind::disruption, "disruption", false, NoDelay{}, {}, 0});
    detect();
    declare();
    add_steps();
}

NodeId Groundwork::add(Node node) {
    network_.nodes.push_back(std::move(node));
    return static_cast<NodeId>(network_.nodes.size() - 1);
}

NodeId Groundwork::add(Node::Kind kind, std::string key, Delay delay, std::vector<NodeId> inputs, std::uint32_t subject) {
    const NodeId node = add({kind, std::move(key), false, NoDelay{}, {}, subject});
    set(node, std::move(inputs), std::move(delay));
    return node;
}

void Groundwork::set(NodeId node, std::vector<NodeId> inputs, Delay delay) {
    std::erase(inputs, none);
    if (inputs.empty()) inputs = {disruption};
    std::sort(inputs.begin(), inputs.end());
    inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
    network_.nodes[node].inputs = std::move(inputs);
    network_.nodes[node].delay = std::move(delay);
}

void Groundwork::detect() {
    std::vector<NodeId> ways;
    const auto detectors = detectors_that_see(plan, scenario, recovery.impact);
    for (const auto id : detectors) {
        const model::Detector& detector = plan.detectors[id];
        const Delay delay =
            detector.every ? Delay{DetectorDelay{id}} : Delay{UnknownDelay{"how often `" + detector.heading.name + "` looks is not said"}};
        ways.push_back(add(Node::Kind::detector, "detector " + detector.heading.name, delay, {disruption}, id.value));
    }
    detectors_ = ways;
    if (const auto found = found_without_detector(scenario, recovery.impact, !detectors.empty()))
        ways.push_back(add(Node::Kind::either, "found " + scenario.heading.name, DurationDelay{*found}, {disruption}));
    const Delay delay = ways.empty() ? Delay{UnknownDelay{"no detector sees it, and the scenario does not say after how long it is found"}}
                                     : Delay{NoDelay{}};
    network_.detection = add(Node::Kind::detection, "detection", delay, ways);
    wait_for_any(network_.detection);
}

void Groundwork::declare() {
    network_.declaration = network_.detection;
    if (!plan.declaration) return;
    const NodeId declarer = response(plan.declaration->by.value);
    network_.declaration =
        add(Node::Kind::declaration, "declaration", DurationDelay{plan.declaration->takes}, {declarer}, plan.declaration->by.value.value);
}

void Groundwork::add_steps() {
    recovery.steps.assign(plan.steps.size(), none);
    for (const auto procedure : recovery.procedures)
        for (const auto step : plan.procedures[procedure].steps)
            recovery.steps[step.value] = add(Node::Kind::step, "step " + model::qualified_name(plan, step), NoDelay{}, {}, step.value);
}

// By detector, since only the one that triggers it starts it.
std::vector<NodeId> Groundwork::triggers_of(Id<Procedure> procedure) const {
    std::vector<NodeId> triggers;
    for (const NodeId node : detectors_) {
        const auto& triggered = plan.detectors[{network_.nodes[node].subject}].triggers;
        if (triggered && triggered->value == procedure) triggers.push_back(node);
    }
    return triggers;
}

NodeId Groundwork::start_of(Id<Procedure> procedure) {
    const auto known = starts_.find(procedure.value);
    if (known != starts_.end()) return known->second;
    const auto triggers = triggers_of(procedure);
    const std::string key = "start " + plan.procedures[procedure].heading.name;
    const NodeId node =
        add(Node::Kind::start, key, NoDelay{}, triggers.empty() ? std::vector{network_.declaration} : triggers, procedure.value);
    if (!triggers.empty()) wait_for_any(node);
    return starts_[procedure.value] = node;
}

Delay Groundwork::absence(Id<Role> id) const {
    const Role& role = plan.roles[id];
    if (role.headcount == 0) return ImpossibleDelay{"nobody is in role `" + role.heading.name + "`"};
    if (recovery.impact.roles_absent[id.value] && !scenario.lasts) return ImpossibleDelay{"role `" + role.heading.name + "` is absent"};
    return ResponseDelay{id};
}

NodeId Groundwork::response(Id<Role> id) {
    const auto known = responses_.find(id.value);
    if (known != responses_.end()) return known->second;
    const Delay delay = absence(id);
    const bool waits = recovery.impact.roles_absent[id.value] && std::holds_alternative<ResponseDelay>(delay);
    const NodeId back = waits ? returning() : none;
    return responses_[id.value] =
               add(Node::Kind::response, "response " + plan.roles[id].heading.name, delay, {network_.detection, back}, id.value);
}

NodeId Groundwork::returning() {
    if (returning_ == none)
        returning_ = add(Node::Kind::returning, "return of " + scenario.heading.name, DurationDelay{scenario.lasts->value}, {disruption});
    return returning_;
}

NodeId Groundwork::until_joined() {
    return scenario.lasts ? returning() : impossible("`" + scenario.heading.name + "` cuts the network, and that does not end by itself");
}

NodeId Groundwork::impossible(std::string why) {
    const std::string key = fmt::format("impossible {}", network_.nodes.size());
    return add(Node::Kind::either, key, ImpossibleDelay{std::move(why)}, {disruption});
}

NodeId Groundwork::until_up(const model::Place& place) {
    if (!recovery.impact.down(place)) return none;
    const std::string& site = plan.sites[place.site].heading.name;
    if (destroyed(recovery.impact, place)) return impossible("site `" + site + "` is destroyed");
    return scenario.lasts ? returning() : impossible("site `" + site + "` is down and does not come back by itself");
}

bool Groundwork::is_gone(Thing thing) const {
    const Impact& impact = recovery.impact;
    const auto destroys_it = [&](const model::Effect& effect) {
        return effect.verb == model::Effect::Verb::destroys && effect.thing == thing;
    };
    if (std::any_of(scenario.effects.begin(), scenario.effects.end(), destroys_it)) return true;
    if (thing.kind == Kind::store) return impact.stores_destroyed[thing.index];
    if (thing.kind == Kind::site) return impact.sites_destroyed[thing.index];
    if (thing.kind == Kind::zone) return impact.zones_destroyed[thing.index];
    if (thing.kind != Kind::tool) return false;
    const auto& at = plan.tools[{thing.index}].at;
    return !at.empty() && std::all_of(at.begin(), at.end(), [&](const auto& site) { return impact.sites_destroyed[site.value.value]; });
}

NodeId Groundwork::until_up(Thing thing) {
    const bool down = thing.kind == Kind::tool ? recovery.impact.tools_hit[thing.index] : recovery.impact.down(thing);
    if (!down) return none;
    const std::string what = fmt::format("{} `{}`", model::kind_of(plan, thing), model::name_of(plan, thing));
    if (is_gone(thing)) return impossible(what + " is destroyed");
    return scenario.lasts ? returning() : impossible(what + " is down and does not come back by itself");
}

}  // namespace muster::analysis
