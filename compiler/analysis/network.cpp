#include "compiler/analysis/network.h"

#include <algorithm>
#include <limits>
#include <queue>

#include "compiler/analysis/schedule.h"

namespace muster::analysis {
namespace {

using support::later;
using support::never;

struct Happening {
    Time when;
    NodeId node;
    // The queue gives the earliest first, and of several the one with the smaller number.
    bool operator<(const Happening& other) const { return when != other.when ? when > other.when : node > other.node; }
};

class Evaluation {
public:
    Evaluation(const Network& network, const DelayOf& delay_of) : network_(network), delay_of_(delay_of) {
        const std::size_t count = network.nodes.size();
        constexpr auto not_yet = std::numeric_limits<std::uint32_t>::max();
        times_ = {std::vector<Time>(count, never), std::vector<Time>(count, never), std::vector<std::uint32_t>(count, not_yet)};
        outputs_.resize(count);
        missing_.resize(count);
        for (NodeId node = 0; node < count; ++node) {
            const Node& n = network.nodes[node];
            missing_[node] = n.any ? std::min<std::size_t>(1, n.inputs.size()) : n.inputs.size();
            // That a step has ended is no reason for its failure to begin.
            if (n.kind == Node::Kind::failure) continue;
            for (const NodeId input : n.inputs) outputs_[input].push_back(node);
        }
    }

    Times run() {
        for (NodeId node = 0; node < network_.nodes.size(); ++node)
            if (missing_[node] == 0) begin(node, Time::zero());
        while (!queue_.empty()) {
            const Happening happening = queue_.top();
            queue_.pop();
            times_.order[happening.node] = happened_++;
            if (times_.end[happening.node] == never) {
                begin(network_.nodes[happening.node].failure, happening.when);
                continue;
            }
            for (const NodeId output : outputs_[happening.node])
                if (missing_[output] > 0 && --missing_[output] == 0) begin(output, happening.when);
        }
        return std::move(times_);
    }

private:
    void begin(NodeId node, Time when) {
        times_.begin[node] = when;
        const Taking taking = delay_of_(node, when);
        const Time over = later(when, taking.length);
        if (!taking.fails) times_.end[node] = over;
        if (over != never) queue_.push({over, node});
    }

    const Network& network_;
    const DelayOf& delay_of_;
    Times times_;
    std::vector<std::vector<NodeId>> outputs_;
    std::vector<std::size_t> missing_;
    std::priority_queue<Happening> queue_;
    std::uint32_t happened_ = 0;
};

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace

Times evaluate(const Network& network, const DelayOf& delay_of) { return Evaluation(network, delay_of).run(); }

std::optional<Time> worst_detection(const model::Detector& detector) {
    if (!detector.every) return std::nullopt;
    Time::rep product = 0;
    const bool too_long = __builtin_mul_overflow(detector.every->value.count(), detector.threshold, &product);
    const Time searching = too_long ? never : Time{product};
    return later(later(searching, detector.hold.planning()), detector.notification.planning());
}

Time planning_delay(const model::Plan& plan, const Delay& delay) {
    return std::visit(Overloaded{[](const NoDelay&) { return Time::zero(); }, [](const DurationDelay& d) { return d.length.planning(); },
                                 [&](const DetectorDelay& d) { return worst_detection(plan.detectors[d.detector]).value_or(never); },
                                 [&](const ResponseDelay& d) { return plan.roles[d.role].worst_response(); },
                                 [](const TransferDelay& d) { return d.transfer().planning().value_or(never); },
                                 [](const UnknownDelay&) { return never; }, [](const ImpossibleDelay&) { return never; },
                                 [](const FailingDelay&) { return Time::zero(); }},
                      delay);
}

std::optional<NodeId> deciding_input(const Network& network, const Times& times, NodeId node) {
    const Node& n = network.nodes[node];
    if (n.inputs.empty()) return std::nullopt;
    // By order and not by time: of things that happen at once, one may still have waited for the other.
    // What has failed is only what its failure waited for.
    const auto order = [&](NodeId input) {
        const bool counts = times.end[input] != never || n.kind == Node::Kind::failure;
        return counts ? times.order[input] : std::numeric_limits<std::uint32_t>::max();
    };
    const auto earlier = [&](NodeId a, NodeId b) { return order(a) < order(b); };
    return n.any ? *std::min_element(n.inputs.begin(), n.inputs.end(), earlier)
                 : *std::max_element(n.inputs.begin(), n.inputs.end(), earlier);
}

namespace {

// `once` as often as there are attempts, and the pauses between them.
Time all_attempts(Time once, const Attempts& attempts) {
    const Time pause = attempts.pause.planning();
    Time sum = once;
    for (std::int64_t i = 0; i < attempts.retries; ++i) sum = later(sum, later(pause, once));
    return sum;
}

Time delay_at_best(const model::Plan& plan, const Node& node) {
    return std::holds_alternative<UnknownDelay>(node.delay) ? Time::zero() : planning_delay(plan, node.delay);
}

}  // namespace

Taking planning_taking(const model::Plan& plan, const Node& node, Time once) {
    if (std::holds_alternative<FailingDelay>(node.delay)) return {once, true};
    const auto* restore = std::get_if<TransferDelay>(&node.delay);
    const Time verifying = restore != nullptr ? restore->transfer().verification() : Time::zero();
    if (!node.attempts || once == never) return {once, false, verifying};
    const Attempts& attempts = *node.attempts;
    if (attempts.timeout && once > *attempts.timeout) return {all_attempts(*attempts.timeout, attempts), true};
    return {plan.count_retries && attempts.fails.millionths > 0 ? all_attempts(once, attempts) : once, false, verifying};
}

Taking planning_taking(const model::Plan& plan, const Node& node) { return planning_taking(plan, node, planning_delay(plan, node.delay)); }

Taking planning_taking_at_best(const model::Plan& plan, const Node& node) { return planning_taking(plan, node, delay_at_best(plan, node)); }

Times best_times(const model::Plan& plan, const Network& network) {
    return evaluate(network, [&](NodeId node, Time) { return planning_taking_at_best(plan, network.nodes[node]); });
}

Times best_times_without_failures(const model::Plan& plan, const Network& network) {
    return evaluate(network, [&](NodeId id, Time) {
        const Node& node = network.nodes[id];
        return Taking{delay_at_best(plan, node), std::holds_alternative<FailingDelay>(node.delay)};
    });
}

Time over(const Network& network, const Times& times, NodeId node) {
    return over(network, node, [&](NodeId id) { return times.end[id]; });
}

Outlook look_ahead(const model::Plan& plan, const Network& network) {
    const DelayOf planned = [&](NodeId node, Time) { return planning_taking(plan, network.nodes[node]); };
    const DelayOf best = [&](NodeId node, Time) { return planning_taking_at_best(plan, network.nodes[node]); };
    return {schedule(network, planned), schedule(network, best), evaluate(network, planned)};
}

namespace {

// What keeps somebody for ever whom `node`, which is ready, needs to begin.
std::optional<NodeId> held_for_ever(const Network& network, const Times& times, NodeId node) {
    for (const Demand& wanted : network.nodes[node].demands)
        for (const NodeId other : network.users[wanted.pool])
            if (other != node && times.begin[other] != never && over(network, times, other) == never) return other;
    return std::nullopt;
}

}  // namespace

std::optional<NodeId> blocker_of(const Network& network, const Outlook& outlook, NodeId node) {
    const bool impossible = outlook.impossible(node);
    const Times& times = impossible ? outlook.at_best : outlook.times;
    if (times.begin[node] != never) return std::nullopt;
    std::vector<NodeId> blocking;
    for (const NodeId input : network.nodes[node].inputs)
        if (times.end[input] == never && outlook.impossible(input) == impossible) blocking.push_back(input);
    if (blocking.empty()) return held_for_ever(network, times, node);
    // Of alternatives that nobody knows one may wait for `node` itself: that which would come first does not.
    if (network.nodes[node].any && !impossible)
        return *std::min_element(blocking.begin(), blocking.end(),
                                 [&](NodeId a, NodeId b) { return outlook.at_best.order[a] < outlook.at_best.order[b]; });
    return blocking.front();
}

NodeId root_of_never(const Network& network, const Outlook& outlook, NodeId node) {
    std::vector<bool> seen(network.nodes.size());
    for (auto next = blocker_of(network, outlook, node); next && !seen[node]; next = blocker_of(network, outlook, node)) {
        seen[node] = true;
        node = *next;
    }
    const auto next = blocker_of(network, outlook, node);
    if (!next) return node;
    // In a circle every node is a root; the first stands for all, wherever one came from.
    NodeId first = node;
    for (NodeId at = *next; at != node; at = *blocker_of(network, outlook, at)) first = std::min(first, at);
    return first;
}

}  // namespace muster::analysis
