#include "compiler/analysis/path.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace muster::analysis {
namespace {

using model::Plan;
using support::format_duration;
using support::Span;

using Ingredients = std::vector<std::pair<std::string_view, Time>>;

Ingredients ingredients_of(const Transfer& transfer) {
    return {{"retrieval", transfer.retrieval.planning()},
            {"transfer", transfer.moving},
            {"transfer of the log", transfer.moving_log},
            {"replay", transfer.replaying}};
}

std::string sum_of(const Ingredients& parts) {
    std::string text;
    for (const auto& [what, length] : parts)
        if (length > Time::zero()) text += fmt::format("{}{} {}", text.empty() ? "" : " + ", format_duration(length), what);
    return text;
}

std::string detector_length(const model::Detector& detector) {
    std::string text = detector.threshold == 1
                           ? fmt::format("every {}", format_duration(detector.every->value))
                           : fmt::format("{} times in a row, every {}", detector.threshold, format_duration(detector.every->value));
    const std::string rest = sum_of({{"hold", detector.hold.planning()}, {"notification", detector.notification.planning()}});
    return rest.empty() ? text : text + " + " + rest;
}

std::string length_of(const Plan& plan, const Node& node, Time length) {
    if (const auto* detector = std::get_if<DetectorDelay>(&node.delay)) return detector_length(plan.detectors[detector->detector]);
    if (const auto* transfer = std::get_if<TransferDelay>(&node.delay)) return sum_of(ingredients_of(transfer->transfer));
    if (std::holds_alternative<ResponseDelay>(node.delay)) return "responds within " + format_duration(length);
    return length > Time::zero() ? "takes " + format_duration(length) : "";
}

struct Naming {
    std::string kind, name;
    Span span;
};

Naming name_node(const Plan& plan, const Recovery& recovery, const Node& node) {
    const auto& scenario = plan.scenarios[recovery.scenario];
    switch (node.kind) {
        case Node::Kind::disruption: return {"disruption", scenario.heading.name, scenario.heading.span};
        case Node::Kind::detector:
            return {"detection", plan.detectors[{node.subject}].heading.name, plan.detectors[{node.subject}].heading.span};
        case Node::Kind::detection: return {"detection", scenario.heading.name, scenario.heading.span};
        case Node::Kind::response: return {"response", plan.roles[{node.subject}].heading.name, plan.roles[{node.subject}].heading.span};
        case Node::Kind::declaration: return {"declaration", plan.roles[{node.subject}].heading.name, plan.declaration->by.span};
        case Node::Kind::start:
            return {"start", plan.procedures[{node.subject}].heading.name, plan.procedures[{node.subject}].heading.span};
        case Node::Kind::step:
            return {"step", model::qualified_name(plan, Id<model::Step>{node.subject}), plan.steps[{node.subject}].heading.span};
        case Node::Kind::restored: return {"restore", plan.data[{node.subject}].heading.name, plan.data[{node.subject}].heading.span};
        case Node::Kind::ready:
        case Node::Kind::completion:
            return {"readiness", plan.services[{node.subject}].heading.name, plan.services[{node.subject}].heading.span};
        case Node::Kind::reached: return {"dns", plan.services[{node.subject}].heading.name, plan.services[{node.subject}].heading.span};
        case Node::Kind::returning: return {"return", scenario.heading.name, scenario.heading.span};
        case Node::Kind::either: break;
    }
    const bool found = node.key.starts_with("found ");
    if (found || node.key.starts_with("impossible "))
        return {found ? "discovery" : "obstacle", scenario.heading.name, scenario.heading.span};
    return {"readiness", plan.services[{node.subject}].heading.name, plan.services[{node.subject}].heading.span};
}

// Nodes that wait for each other: the steps and services among them, each before what it waits for.
std::string circle_at(const Plan& plan, const Recovery& recovery, const Times& times, NodeId start) {
    std::vector<std::string> names;
    NodeId at = start;
    do {
        const Node& node = recovery.network.nodes[at];
        if (node.kind == Node::Kind::step || node.kind == Node::Kind::ready) names.push_back(name_node(plan, recovery, node).name);
        at = *std::find_if(node.inputs.begin(), node.inputs.end(), [&](NodeId input) { return times.end[input] == support::never; });
    } while (at != start);
    if (names.size() == 1) return fmt::format("`{}` waits for itself", names.front());
    names.push_back(names.front());
    return fmt::format("these wait for each other: `{}`", fmt::join(names, "` -> `"));
}

}  // namespace

PathPart describe(const Plan& plan, const Recovery& recovery, const Times& times, NodeId id) {
    const Node& node = recovery.network.nodes[id];
    const Naming naming = name_node(plan, recovery, node);
    const Time length = times.end[id] == support::never ? Time::zero() : times.end[id] - times.begin[id];
    PathPart part{id, naming.kind, naming.name, times.begin[id], times.end[id], length_of(plan, node, length), naming.span, {}, {}};
    if (const auto* transfer = std::get_if<TransferDelay>(&node.delay))
        for (const auto& [what, takes] : ingredients_of(transfer->transfer))
            if (takes > part.heaviest_length) {
                part.heaviest = what;
                part.heaviest_length = takes;
            }
    return part;
}

std::vector<NodeId> way_to(const Network& network, const Times& times, NodeId last) {
    std::vector<NodeId> way;
    for (std::optional<NodeId> at = last; at; at = deciding_input(network, times, *at))
        if (times.end[*at] > times.begin[*at] || network.nodes[*at].kind == Node::Kind::step) way.push_back(*at);
    std::reverse(way.begin(), way.end());
    return way;
}

std::vector<PathPart> path_to(const Plan& plan, const Recovery& recovery, const Times& times, NodeId last) {
    std::vector<PathPart> parts;
    for (const NodeId node : way_to(recovery.network, times, last)) parts.push_back(describe(plan, recovery, times, node));
    return parts;
}

std::vector<PathPart> path_of(const Plan& plan, const Estimate& e, const ServiceOutcome& outcome) {
    return outcome.last == 0 ? std::vector<PathPart>{} : path_to(plan, e.recovery, e.outlook.times, outcome.last);
}

std::string obstacle_at(const Plan& plan, const Recovery& recovery, const Outlook& outlook, NodeId id) {
    const Times& times = outlook.impossible(id) ? outlook.at_best : outlook.times;
    const Node& node = recovery.network.nodes[id];
    if (const auto* unknown = std::get_if<UnknownDelay>(&node.delay)) return unknown->missing;
    if (const auto* impossible = std::get_if<ImpossibleDelay>(&node.delay)) return impossible->why;
    if (const auto* transfer = std::get_if<TransferDelay>(&node.delay))
        return transfer->transfer.unknown.empty() ? "the transfer never ends at its rate" : transfer->transfer.unknown;
    const Naming naming = name_node(plan, recovery, node);
    if (times.begin[id] != support::never)
        return fmt::format("{} `{}` takes longer than any time that can be told", naming.kind, naming.name);
    return circle_at(plan, recovery, times, id);
}

}  // namespace muster::analysis
