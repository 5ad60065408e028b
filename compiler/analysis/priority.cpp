#include "compiler/analysis/priority.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "compiler/analysis/failing.h"

namespace muster::analysis {
namespace {

using model::Plan;
using model::Service;
using support::never;

// What a step turns to is as urgent as what the step is part of.
void hand_on(const Plan& plan, const Recovery& recovery, std::vector<Time>& urgency) {
    for (bool changed = true; std::exchange(changed, false);)
        for (const auto procedure : all_procedures(recovery))
            for (const auto id : plan.procedures[procedure].steps) {
                const model::Step& step = plan.steps[id];
                const Time own = step.afterwards ? never : urgency[procedure.value];
                if (!step.otherwise || !may_fail(plan, recovery, id) || own >= urgency[step.otherwise->value.value]) continue;
                urgency[step.otherwise->value.value] = own;
                changed = true;
            }
}

// By procedure, for the services that it recovers in this scenario.
std::vector<Time> urgency_of_procedures(const Plan& plan, const Recovery& recovery) {
    const std::vector<Time> services = urgency_of_services(plan, plan.scenarios[recovery.scenario].kind);
    std::vector<Time> urgency(plan.procedures.size(), never);
    for (const auto service : plan.services.ids()) {
        if (!recovery.procedure_of[service.value]) continue;
        for (const auto procedure : recovery.lines[recovery.line_of[service.value]])
            urgency[procedure.value] = std::min(urgency[procedure.value], services[service.value]);
    }
    hand_on(plan, recovery, urgency);
    return urgency;
}

// By node: whether somebody waits for it in its own right. What only leads to such a node counts on the way there.
std::vector<bool> wanted_nodes(const Network& network) {
    std::vector<bool> wanted(network.nodes.size());
    for (NodeId node = 0; node < network.nodes.size(); ++node)
        wanted[node] = network.nodes[node].kind == Node::Kind::step || network.nodes[node].kind == Node::Kind::failure;
    for (const auto* at_last : {&network.ready, &network.reached})
        for (const NodeId node : *at_last) wanted[node] = true;
    return wanted;
}

// What did not happen, or came later than the first of several, is not what `node` waited for.
bool waited_for(const Network& network, const Times& times, NodeId node, NodeId input) {
    const Node& waiting = network.nodes[node];
    if (waiting.kind == Node::Kind::failure) return true;
    return times.end[input] != never && (!waiting.any || times.end[input] == times.begin[node]);
}

// By node: the longest sum of delays of what waits for it, directly or not, up to something that is wanted.
std::vector<Time> paths_after(const Plan& plan, const Network& network) {
    const Times times = best_times(plan, network);
    std::vector<NodeId> happened;
    for (NodeId node = 0; node < network.nodes.size(); ++node)
        if (over(network, times, node) != never) happened.push_back(node);
    std::sort(happened.begin(), happened.end(), [&](NodeId a, NodeId b) { return times.order[a] > times.order[b]; });
    std::vector<bool> counts = wanted_nodes(network);
    std::vector<Time> after(network.nodes.size(), Time::zero());
    for (const NodeId node : happened)
        for (const NodeId input : network.nodes[node].inputs) {
            if (!counts[node] || !waited_for(network, times, node, input)) continue;
            counts[input] = true;
            after[input] = std::max(after[input], support::later(over(network, times, node) - times.begin[node], after[node]));
        }
    return after;
}

}  // namespace

// From the most urgent service downwards: whatever it needs, and that has no smaller RTO yet, is as urgent.
std::vector<Time> urgency_of_services(const Plan& plan, model::DisruptionKind kind) {
    std::vector<Time> urgency(plan.services.size(), never);
    for (const auto service : plan.services.ids())
        if (const auto rto = model::rto_of(plan, service, kind)) urgency[service.value] = rto->value;
    std::vector<Id<Service>> order = plan.services.ids();
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return urgency[a.value] < urgency[b.value]; });
    std::vector<bool> done(plan.services.size());
    std::vector<Id<Service>> open;
    for (const auto first : order)
        for (open.push_back(first); !open.empty();) {
            const Id<Service> id = open.back();
            open.pop_back();
            if (done[id.value]) continue;
            done[id.value] = true;
            urgency[id.value] = urgency[first.value];
            for (const auto& any_of : plan.services[id].needs)
                for (const auto& thing : any_of)
                    if (thing.value.kind == model::Kind::service) open.push_back({thing.value.index});
        }
    return urgency;
}

void rank_steps(const Plan& plan, Recovery& recovery) {
    Network& network = recovery.network;
    if (!std::any_of(network.nodes.begin(), network.nodes.end(), [](const Node& node) { return !node.demands.empty(); })) return;
    const std::vector<Time> urgency = urgency_of_procedures(plan, recovery);
    const std::vector<Time> after = paths_after(plan, network);
    std::vector<std::tuple<Time, Time, std::string, NodeId>> order;
    for (NodeId node = 0; node < network.nodes.size(); ++node) {
        if (network.nodes[node].kind != Node::Kind::step) continue;
        const Id<model::Step> id{network.nodes[node].subject};
        const model::Step& step = plan.steps[id];
        order.emplace_back(step.afterwards ? never : urgency[step.procedure.value], -after[node], model::qualified_name(plan, id), node);
    }
    std::sort(order.begin(), order.end());
    for (std::uint32_t rank = 0; rank < order.size(); ++rank) network.nodes[std::get<NodeId>(order[rank])].rank = rank;
}

}  // namespace muster::analysis
