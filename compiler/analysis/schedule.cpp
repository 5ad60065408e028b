#include "compiler/analysis/schedule.h"

#include <algorithm>
#include <limits>
#include <queue>
#include <set>

#include "compiler/analysis/fair_share.h"

namespace muster::analysis {
namespace {

using support::later;
using support::never;

const TransferDelay* transfer_of(const Node& node) { return std::get_if<TransferDelay>(&node.delay); }

struct Happening {
    Time when;
    NodeId node;
    bool operator<(const Happening& other) const { return when != other.when ? when > other.when : node > other.node; }
};

class Scheduling {
public:
    Scheduling(const Network& network, const DelayOf& delay_of)
        : network_(network), delay_of_(delay_of), free_(network.pools), bandwidth_(network.channels) {
        const std::size_t count = network.nodes.size();
        constexpr auto not_yet = std::numeric_limits<std::uint32_t>::max();
        times_ = {std::vector<Time>(count, never), std::vector<Time>(count, never), std::vector<std::uint32_t>(count, not_yet)};
        outputs_.resize(count);
        missing_.resize(count);
        phases_.resize(count);
        for (NodeId node = 0; node < count; ++node) {
            const Node& n = network.nodes[node];
            missing_[node] = n.any ? std::min<std::size_t>(1, n.inputs.size()) : n.inputs.size();
            for (const NodeId input : n.inputs) outputs_[input].push_back(node);
        }
    }

    Times run() {
        for (NodeId node = 0; node < network_.nodes.size(); ++node)
            if (missing_[node] == 0) is_ready(node, Time::zero());
        offer(Time::zero());
        while (true) {
            const Time now = next();
            if (now == never) return std::move(times_);
            while (next() == now) let_happen(now);
            offer(now);
        }
    }

private:
    Time next() const {
        const Time flows = bandwidth_.next_end();
        return queue_.empty() ? flows : std::min(flows, queue_.top().when);
    }

    void let_happen(Time now) {
        for (const NodeId node : bandwidth_.advance(now)) go_on(node, now);
        while (!queue_.empty() && queue_.top().when == now) {
            const NodeId node = queue_.top().node;
            queue_.pop();
            go_on(node, now);
        }
    }

    void is_ready(NodeId node, Time when) {
        if (network_.nodes[node].demands.empty()) begin(node, when);
        else waiting_.insert({network_.nodes[node].rank, node});
    }

    bool fits(NodeId node) const {
        const auto& demands = network_.nodes[node].demands;
        return std::all_of(demands.begin(), demands.end(), [&](const Demand& d) { return free_[d.pool] >= d.units; });
    }

    void offer(Time now) {
        for (auto at = waiting_.begin(); at != waiting_.end();) {
            const NodeId node = at->second;
            if (!fits(node)) {
                ++at;
                continue;
            }
            for (const Demand& d : network_.nodes[node].demands) free_[d.pool] -= d.units;
            at = waiting_.erase(at);
            begin(node, now);
        }
    }

    void begin(NodeId node, Time when) {
        times_.begin[node] = when;
        Time delay = delay_of_(node, when);
        // Of a transfer only the wait for the first byte is a matter of time alone.
        const TransferDelay* transfer = transfer_of(network_.nodes[node]);
        if (transfer != nullptr && delay != never) delay -= transfer->transfer.after_retrieval();
        at(later(when, delay), node);
    }

    void at(Time when, NodeId node) {
        if (when != never) queue_.push({when, node});
    }

    // One part of a node is over: the next begins, or the node has happened.
    void go_on(NodeId node, Time now) {
        const TransferDelay* transfer = transfer_of(network_.nodes[node]);
        if (transfer == nullptr) return happen(node, now);
        const std::size_t flows = transfer->transfer.flows.size() + transfer->transfer.logs.size();
        const std::size_t phase = phases_[node]++;
        if (phase < flows) {
            const Flow& flow = transfer->transfer.flow(phase);
            return bandwidth_.start(node, flow.bytes, flow.channels, now);
        }
        if (phase == flows) return at(later(now, transfer->transfer.replaying), node);
        happen(node, now);
    }

    void happen(NodeId node, Time now) {
        times_.end[node] = now;
        times_.order[node] = happened_++;
        for (const Demand& d : network_.nodes[node].demands) free_[d.pool] += d.units;
        for (const NodeId output : outputs_[node])
            if (missing_[output] > 0 && --missing_[output] == 0) is_ready(output, now);
    }

    const Network& network_;
    const DelayOf& delay_of_;
    std::vector<std::int64_t> free_;
    FairShare bandwidth_;
    Times times_;
    std::vector<std::vector<NodeId>> outputs_;
    std::vector<std::size_t> missing_;
    std::vector<std::size_t> phases_;  // by node: how many parts of a transfer are over
    std::priority_queue<Happening> queue_;
    std::set<std::pair<std::uint32_t, NodeId>> waiting_;  // by rank
    std::uint32_t happened_ = 0;
};

}  // namespace

bool contended(const Network& network) {
    std::vector<std::int64_t> wanted(network.pools.size());
    std::vector<bool> taken(network.channels.size());
    for (const Node& node : network.nodes) {
        for (const Demand& d : node.demands) {
            wanted[d.pool] += d.units;
            if (wanted[d.pool] > network.pools[d.pool]) return true;
        }
        const TransferDelay* transfer = transfer_of(node);
        if (transfer == nullptr) continue;
        std::set<std::uint32_t> own;
        for (const auto* flows : {&transfer->transfer.flows, &transfer->transfer.logs})
            for (const Flow& flow : *flows) own.insert(flow.channels.begin(), flow.channels.end());
        for (const auto channel : own) {
            if (taken[channel]) return true;
            taken[channel] = true;
        }
    }
    return false;
}

Times schedule(const Network& network, const DelayOf& delay_of) {
    return contended(network) ? Scheduling(network, delay_of).run() : evaluate(network, delay_of);
}

}  // namespace muster::analysis
