#include "backends/runbook/links.h"

#include <algorithm>
#include <set>

namespace muster::backends::runbook {
namespace {

using analysis::Network;
using analysis::Node;
using analysis::NodeId;
using model::Step;

// The steps that have to end before a node begins: straight before it in the network, with what is no step passed through. Of a choice
// the one that comes first by the plan.
class StepsBefore {
public:
    explicit StepsBefore(const analysis::Estimate& estimate) : network_(estimate.recovery.network), times_(estimate.outlook.times) {}

    std::set<std::uint32_t> of(NodeId node) {
        seen_.clear(), found_.clear();
        seen_.insert(node);
        visit_inputs(network_.nodes[node]);
        return found_;
    }

private:
    void visit(NodeId id) {
        if (!seen_.insert(id).second) return;
        const Node& node = network_.nodes[id];
        if (node.kind == Node::Kind::step || node.kind == Node::Kind::done) found_.insert(node.subject);
        else if (node.kind != Node::Kind::failure) visit_inputs(node);
    }

    void visit_inputs(const Node& node) {
        const auto& inputs = node.inputs;
        const auto sooner = [&](NodeId a, NodeId b) { return times_.end[a] < times_.end[b]; };
        const auto first = std::min_element(inputs.begin(), inputs.end(), sooner);
        if (node.any && first != inputs.end()) visit(*first);
        if (node.any) return;
        for (const NodeId input : inputs) visit(input);
    }

    const Network& network_;
    const analysis::Times& times_;
    std::set<NodeId> seen_;
    std::set<std::uint32_t> found_;
};

std::vector<Stop*> all_stops(Itinerary& itinerary) {
    std::vector<Stop*> all;
    for (Stop& stop : itinerary.stops) all.push_back(&stop);
    for (Stop& stop : itinerary.alternatives) all.push_back(&stop);
    return all;
}

// Whether stop `from` waits, over however many others, for stop `to`.
bool waits_for(const std::vector<Stop*>& all, const Stop& from, int to, std::set<int>& seen) {
    return std::any_of(from.after.begin(), from.after.end(), [&](int number) {
        return number == to || (seen.insert(number).second && waits_for(all, *all[static_cast<std::size_t>(number) - 1], to, seen));
    });
}

void add_link(const std::vector<Stop*>& all, Stop& stop, const Stop& before) {
    if (std::find(stop.after.begin(), stop.after.end(), before.number) != stop.after.end()) return;
    std::set<int> seen;
    if (before.number == stop.number || waits_for(all, before, stop.number, seen)) {
        stop.impossible = "by the plan it waits for " + before.name + ", which waits for it.";
        return;
    }
    stop.after.push_back(before.number);
}

}  // namespace

void link(Itinerary& itinerary) {
    const std::vector<Stop*> all = all_stops(itinerary);
    std::map<std::uint32_t, Stop*> by_step;
    for (Stop* stop : all) by_step.emplace(stop->in.id.value, stop);
    for (Stop* stop : all)
        for (const Id<Step> before : stop->in.step().after)
            if (const auto found = by_step.find(before.value); found != by_step.end()) add_link(all, *stop, *found->second);
    StepsBefore steps_before(itinerary.estimate);
    for (Stop* stop : all) {
        const NodeId node = itinerary.estimate.recovery.steps[stop->in.id.value];
        if (node == 0) continue;
        for (const std::uint32_t before : steps_before.of(node))
            if (const auto found = by_step.find(before); found != by_step.end() && found->second->instead == stop->instead)
                add_link(all, *stop, *found->second);
    }
    for (Stop* stop : all) std::sort(stop->after.begin(), stop->after.end());
}

std::vector<std::string> holds_of(const model::Plan& plan, const Step& step) {
    std::vector<std::string> holds;
    for (const auto& role : step.by) holds.push_back("role:" + plan.roles[role.value].heading.name);
    if (step.on && plan.sites[step.on->value.site].parallel) holds.push_back("site:" + plan.sites[step.on->value.site].heading.name);
    for (const auto& thing : step.required)
        if (thing.value.kind == model::Kind::tool && plan.tools[Id<model::Tool>{thing.value.index}].parallel)
            holds.push_back("tool:" + plan.tools[Id<model::Tool>{thing.value.index}].heading.name);
    return holds;
}

std::map<std::string, std::int64_t> pools_of(const Itinerary& itinerary) {
    const model::Plan& plan = itinerary.plan;
    std::map<std::string, std::int64_t> units;
    for (const model::Role& role : plan.roles) units["role:" + role.heading.name] = role.headcount;
    for (const model::Site& site : plan.sites)
        if (site.parallel) units["site:" + site.heading.name] = site.parallel->value;
    for (const model::Tool& tool : plan.tools)
        if (tool.parallel) units["tool:" + tool.heading.name] = tool.parallel->value;
    std::set<std::string> held;
    for (const auto* stops : {&itinerary.stops, &itinerary.alternatives})
        for (const Stop& stop : *stops) held.insert(stop.holds.begin(), stop.holds.end());
    std::erase_if(units, [&](const auto& one) { return !held.contains(one.first); });
    return units;
}

}  // namespace muster::backends::runbook
