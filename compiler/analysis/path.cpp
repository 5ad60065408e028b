#include "compiler/analysis/path.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "compiler/analysis/provenance.h"

namespace muster::analysis {
namespace {

using model::Plan;
using support::format_duration;
using support::Span;

using Ingredients = std::vector<std::pair<std::string_view, Time>>;

Ingredients ingredients_of(const Transfer& transfer) {
    return {{"retrieval", transfer.retrieval.planning()}, {"latency", transfer.latency},  {"transfer", transfer.moving},
            {"transfer of the log", transfer.moving_log}, {"replay", transfer.replaying}, {"verification", transfer.verification()}};
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

std::string transfer_length(const Transfer& transfer, Time length) {
    const std::string alone = sum_of(ingredients_of(transfer));
    const Time shared = length - transfer.planning().value_or(length);
    return shared > Time::zero() ? fmt::format("{} + {} since others use the same way", alone, format_duration(shared)) : alone;
}

// What the attempts of a step come to; empty where the first succeeds.
std::string attempts_length(const Plan& plan, const Node& node) {
    if (const auto* failing = std::get_if<FailingDelay>(&node.delay)) return "it cannot be done, since " + failing->why;
    if (!node.attempts) return "";
    const Attempts& attempts = *node.attempts;
    const Time once = planning_delay(plan, node.delay);
    const bool stopped = attempts.timeout && once > *attempts.timeout;
    if (once == support::never || (!stopped && !(plan.count_retries && attempts.fails.millionths > 0 && attempts.retries > 0))) return "";
    std::string text =
        stopped ? fmt::format("fails: stopped after {}, while it takes {}", format_duration(*attempts.timeout), format_duration(once))
                : fmt::format("takes {}", format_duration(once));
    if (attempts.retries > 0) text += fmt::format(", {} times", attempts.retries + 1);
    if (attempts.retries > 0 && attempts.pause.planning() > Time::zero())
        text += fmt::format(" with {} in between", format_duration(attempts.pause.planning()));
    return text;
}

std::string length_of(const Plan& plan, const Node& node, Time length) {
    if (auto attempts = attempts_length(plan, node); !attempts.empty()) return attempts;
    if (const auto* detector = std::get_if<DetectorDelay>(&node.delay)) return detector_length(plan.detectors[detector->detector]);
    if (const auto* transfer = std::get_if<TransferDelay>(&node.delay)) return transfer_length(transfer->transfer(), length);
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
        case Node::Kind::escalation:
            return {"escalation", plan.roles[{node.subject}].heading.name, plan.roles[{node.subject}].heading.span};
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
        case Node::Kind::failure:
        case Node::Kind::done:
            return {"step", model::qualified_name(plan, Id<model::Step>{node.subject}), plan.steps[{node.subject}].heading.span};
        case Node::Kind::completed:
            return {"procedure", plan.procedures[{node.subject}].heading.name, plan.procedures[{node.subject}].heading.span};
        case Node::Kind::returning: return {"return", scenario.heading.name, scenario.heading.span};
        case Node::Kind::either: break;
    }
    if (node.key.starts_with("fallback "))
        return {"fallback", plan.externals[{node.subject}].heading.name, plan.externals[{node.subject}].heading.span};
    const bool found = node.key.starts_with("found ");
    if (found || node.key.starts_with("impossible "))
        return {found ? "discovery" : "obstacle", scenario.heading.name, scenario.heading.span};
    return {"readiness", plan.services[{node.subject}].heading.name, plan.services[{node.subject}].heading.span};
}

// Who or what there is as many of as `pool` has units.
const model::Heading& heading_of_pool(const Plan& plan, std::uint32_t pool) {
    const auto sites = static_cast<std::uint32_t>(plan.roles.size()), tools = sites + static_cast<std::uint32_t>(plan.sites.size());
    if (pool < sites) return plan.roles[{pool}].heading;
    return pool < tools ? plan.sites[{pool - sites}].heading : plan.tools[{pool - tools}].heading;
}

// How many of the steps that somebody was busy with are named.
constexpr std::size_t most_holders = 4;

// Of what `node` waited for that which came last.
std::optional<std::uint32_t> pool_waited_for(const Network& network, const Times& times, NodeId node) {
    for (const Demand& wanted : network.nodes[node].demands)
        for (const NodeId other : network.users[wanted.pool])
            if (other != node && over(network, times, other) == times.begin[node]) return wanted.pool;
    return std::nullopt;
}

// What `pool` was kept busy with while `node` waited, in order.
std::vector<NodeId> holders_of(const Network& network, const Times& times, NodeId node, std::uint32_t pool, Time since) {
    std::vector<NodeId> holders;
    for (const NodeId other : network.users[pool])
        if (other != node && times.begin[other] < times.begin[node] && over(network, times, other) > since) holders.push_back(other);
    std::stable_sort(holders.begin(), holders.end(), [&](NodeId a, NodeId b) { return times.begin[a] < times.begin[b]; });
    return holders;
}

// Nodes that wait for each other: the steps and services among them, each before what it waits for.
std::string circle_at(const Plan& plan, const Recovery& recovery, const Outlook& outlook, NodeId start) {
    std::vector<std::string> names;
    std::optional<NodeId> at = start;
    do {
        const Node& node = recovery.network.nodes[*at];
        if (node.kind == Node::Kind::step || node.kind == Node::Kind::ready) names.push_back(name_node(plan, recovery, node).name);
        at = blocker_of(recovery.network, outlook, *at);
    } while (at && *at != start);
    if (names.empty()) names.push_back(name_node(plan, recovery, recovery.network.nodes[start]).name);
    if (names.size() == 1) return fmt::format("`{}` waits for itself", names.front());
    return "these wait for each other: " + circle_of(names);
}

}  // namespace

std::string circle_of(std::vector<std::string> names) {
    const std::size_t more = names.size() > most_in_circle ? names.size() - most_in_circle : 0;
    names.resize(names.size() - more);
    return fmt::format("`{}`{} -> `{}`", fmt::join(names, "` -> `"), more > 0 ? fmt::format(" -> {} more", more) : "", names.front());
}

PathPart describe(const Plan& plan, const Recovery& recovery, const Times& times, NodeId id) {
    const Node& node = recovery.network.nodes[id];
    const Naming naming = name_node(plan, recovery, node);
    const Time end = over(recovery.network, times, id);
    const Time length = end == support::never ? Time::zero() : end - times.begin[id];
    PathPart part{id, naming.kind, naming.name, times.begin[id], end, length_of(plan, node, length), naming.span, {}, {}, {}};
    if (length > Time::zero()) part.origins = origins_of(plan, node.delay);
    part.because += provenance(plan, part.origins);
    if (const auto* transfer = std::get_if<TransferDelay>(&node.delay))
        for (const auto& [what, takes] : ingredients_of(transfer->transfer()))
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

Time ready_since(const Network& network, const Times& times, NodeId node) {
    const auto last = deciding_input(network, times, node);
    return last ? times.end[*last] : times.begin[node];
}

std::vector<PathPart> parts_of(const Plan& plan, const Recovery& recovery, const Times& times, NodeId node) {
    const PathPart itself = describe(plan, recovery, times, node);
    const Time ready = ready_since(recovery.network, times, node);
    if (ready == itself.begin || recovery.network.nodes[node].demands.empty()) return {itself};
    const auto pool = pool_waited_for(recovery.network, times, node);
    if (!pool) return {itself};
    std::vector<std::string> names;
    for (const NodeId holder : holders_of(recovery.network, times, node, *pool, ready))
        names.push_back(fmt::format("`{}`", name_node(plan, recovery, recovery.network.nodes[holder]).name));
    const std::size_t more = names.size() > most_holders ? names.size() - most_holders : 0;
    names.resize(names.size() - more);
    const std::string because = fmt::format("busy with {}{}", fmt::join(names, ", "), more > 0 ? fmt::format(" and {} more", more) : "");
    const model::Heading& who = heading_of_pool(plan, *pool);
    return {{node, "queue", who.name, ready, itself.begin, because, who.span, {}, {}, {}}, itself};
}

std::vector<PathPart> path_to(const Plan& plan, const Recovery& recovery, const Times& times, NodeId last) {
    std::vector<PathPart> parts;
    for (const NodeId node : way_to(recovery.network, times, last)) {
        const auto added = parts_of(plan, recovery, times, node);
        parts.insert(parts.end(), added.begin(), added.end());
    }
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
    if (over(recovery.network, times, id) != times.end[id])
        return fmt::format("{} `{}` {}", "step", name_node(plan, recovery, node).name, attempts_length(plan, node));
    if (const auto* transfer = std::get_if<TransferDelay>(&node.delay))
        return transfer->transfer().unknown.empty() ? "its transfer takes longer than 290 million years" : transfer->transfer().unknown;
    const Naming naming = name_node(plan, recovery, node);
    if (node.kind == Node::Kind::failure)
        return fmt::format("step `{}` does not fail, and only then something else is turned to", naming.name);
    if (times.begin[id] != support::never) return fmt::format("{} `{}` takes longer than 290 million years", naming.kind, naming.name);
    return circle_at(plan, recovery, outlook, id);
}

}  // namespace muster::analysis
