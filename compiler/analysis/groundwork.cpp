#include "compiler/analysis/groundwork.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/detection.h"
#include "compiler/analysis/failing.h"

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
    for (const NodeId node : ways)
        if (const auto& triggered = plan.detectors[{network_.nodes[node].subject}].triggers)
            triggers_[triggered->value.value].push_back(node);
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
    recovery.starts.assign(plan.procedures.size(), none);
    const auto procedures = all_procedures(recovery);
    for (const auto procedure : procedures)
        for (const auto step : plan.procedures[procedure].steps)
            recovery.steps[step.value] = add(Node::Kind::step, "step " + model::qualified_name(plan, step), NoDelay{}, {}, step.value);
    recovery.done = recovery.steps;
    for (const auto procedure : procedures)
        for (const auto step : plan.procedures[procedure].steps)
            if (may_fail(plan, recovery, step)) add_failures(step);
    fill_alternatives();
}

// What begins when a step fails, and the node that stands for either way in which it can be done.
void Groundwork::add_failures(Id<model::Step> id) {
    const std::string name = model::qualified_name(plan, id);
    const NodeId step = recovery.steps[id.value];
    network_.nodes[step].attempts = attempts_of(plan.steps[id]);
    network_.nodes[step].failure = add(Node::Kind::failure, "failure " + name, NoDelay{}, {step}, id.value);
    if (!plan.steps[id].otherwise) return;
    recovery.done[id.value] = add(Node::Kind::done, "done " + name, NoDelay{}, {step}, id.value);
    wait_for_any(recovery.done[id.value]);
}

// A step that turns to a procedure is done once it has failed and all of that is done, which others may have turned to before, or which
// is followed anyway.
void Groundwork::fill_alternatives() {
    for (const auto procedure : all_procedures(recovery))
        for (const auto id : plan.procedures[procedure].steps) {
            const NodeId step = recovery.steps[id.value], done = recovery.done[id.value];
            if (done == step) continue;
            const std::string key = "instead of " + model::qualified_name(plan, id);
            set(done, {step, end_of(plan.steps[id].otherwise->value, key, network_.nodes[step].failure)}, NoDelay{});
        }
}

// All steps of a procedure that count in the RTA.
NodeId Groundwork::end_of(Id<Procedure> procedure, std::string key, NodeId turn) {
    std::vector<NodeId> all{start_of(procedure), turn};
    for (const auto step : plan.procedures[procedure].steps)
        if (!plan.steps[step].afterwards) all.push_back(recovery.done[step.value]);
    return add(Node::Kind::completed, std::move(key), NoDelay{}, all, procedure.value);
}

// By detector, since only the one that triggers it starts it.
std::vector<NodeId> Groundwork::triggers_of(Id<Procedure> procedure) const {
    const auto found = triggers_.find(procedure.value);
    return found == triggers_.end() ? std::vector<NodeId>{} : found->second;
}

// The failures of the steps that turn to `procedure`, and of the procedures that it comes after.
std::vector<NodeId> Groundwork::turning_to(Id<Procedure> procedure) const {
    std::vector<NodeId> failures;
    const auto failure = [&](Id<model::Step> step) { return network_.nodes[recovery.steps[step.value]].failure; };
    for (const auto other : all_procedures(recovery))
        for (const auto step : plan.procedures[other].steps) {
            const auto& otherwise = plan.steps[step].otherwise;
            if (otherwise && otherwise->value == procedure && may_fail(plan, recovery, step)) failures.push_back(failure(step));
        }
    for (const auto& line : recovery.lines)
        for (std::size_t i = 1; i < line.size(); ++i)
            if (line[i] == procedure)
                for (const auto step : failing_steps(plan, recovery, line[i - 1])) failures.push_back(failure(step));
    return failures;
}

NodeId Groundwork::start_of(Id<Procedure> procedure) {
    NodeId& known = recovery.starts[procedure.value];
    if (known != none) return known;
    const bool only_turned_to = std::find(recovery.turned_to.begin(), recovery.turned_to.end(), procedure) != recovery.turned_to.end();
    const auto events = only_turned_to ? turning_to(procedure) : triggers_of(procedure);
    const std::string key = "start " + plan.procedures[procedure].heading.name;
    known = add(Node::Kind::start, key, NoDelay{}, events.empty() ? std::vector{network_.declaration} : events, procedure.value);
    if (!events.empty()) wait_for_any(known);
    return known;
}

Delay Groundwork::absence(Id<Role> id) const {
    const Role& role = plan.roles[id];
    if (role.headcount == 0) return ImpossibleDelay{"nobody is in role `" + role.heading.name + "`"};
    if (recovery.impact.roles_absent[id.value] && !scenario.lasts) return ImpossibleDelay{"role `" + role.heading.name + "` is absent"};
    return ResponseDelay{id};
}

// Somebody in the role, paged at `when`. Who is absent is paged once back.
NodeId Groundwork::page(Id<Role> id, NodeId when) {
    const std::string& name = plan.roles[id].heading.name;
    const Delay delay = absence(id);
    const bool waits = recovery.impact.roles_absent[id.value] && std::holds_alternative<ResponseDelay>(delay);
    const NodeId back = waits ? returning() : none;
    const NodeId paged = add(Node::Kind::response, "response " + name, delay, {when, back}, id.value);
    if (plan.roles[id].works_through.empty()) return paged;
    const NodeId at_work = add(Node::Kind::response, "work " + name, NoDelay{}, {paged}, id.value);
    paged_.push_back({paged, at_work, id});
    return at_work;
}

// The role, whom it escalates to, whom that does, and so on; none twice.
std::vector<Id<Role>> Groundwork::escalation_of(Id<Role> role) const {
    std::vector<Id<Role>> chain{role};
    while (plan.roles[chain.back()].escalation) {
        const Id<Role> next = plan.roles[chain.back()].escalation->to.value;
        if (std::find(chain.begin(), chain.end(), next) != chain.end()) break;
        chain.push_back(next);
    }
    return chain;
}

Id<Role> Groundwork::hands_of(Id<Role> role) const {
    for (const auto one : escalation_of(role))
        if (!std::holds_alternative<ImpossibleDelay>(absence(one))) return one;
    return role;
}

NodeId Groundwork::response(Id<Role> id) {
    const auto known = responses_.find(id.value);
    if (known != responses_.end()) return known->second;
    NodeId paging = network_.detection;
    std::vector<NodeId> ways;
    const auto chain = escalation_of(id);
    for (std::size_t i = 0; i < chain.size(); ++i) {
        if (i > 0) {
            const model::Role& before = plan.roles[chain[i - 1]];
            paging = add(Node::Kind::escalation, "escalation of " + before.heading.name, DurationDelay{before.escalation->after}, {paging},
                         chain[i - 1].value);
        }
        ways.push_back(page(chain[i], paging));
    }
    if (ways.size() == 1) return responses_[id.value] = ways.front();
    const NodeId first = add(Node::Kind::response, "somebody for " + plan.roles[id].heading.name, NoDelay{}, ways, id.value);
    wait_for_any(first);
    return responses_[id.value] = first;
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
