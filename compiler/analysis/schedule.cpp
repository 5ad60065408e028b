#include "compiler/analysis/schedule.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <queue>
#include <set>
#include <tuple>

#include "compiler/analysis/fair_share.h"

namespace muster::analysis {
namespace {

using support::later;
using support::never;

const TransferDelay* transfer_of(const Node& node) { return std::get_if<TransferDelay>(&node.delay); }

// By channel, how many transfers pass it.
std::vector<std::uint32_t> users_of_channels(const Network& network) {
    std::vector<std::uint32_t> users(network.channels.size());
    for (const Node& node : network.nodes) {
        const TransferDelay* transfer = transfer_of(node);
        if (transfer == nullptr) continue;
        std::set<std::uint32_t> own;
        for (const auto* flows : {&transfer->transfer().flows, &transfer->transfer().logs})
            for (const Flow& flow : *flows) own.insert(flow.channels.begin(), flow.channels.end());
        for (const auto channel : own) ++users[channel];
    }
    return users;
}

// The parts of one transfer follow each other: what only one passes, one flow passes at a time.
std::vector<bool> shared_channels(const Network& network) {
    std::vector<bool> shared;
    for (const std::uint32_t users : users_of_channels(network)) shared.push_back(users > 1);
    return shared;
}

struct Happening {
    Time when;
    NodeId node;
    bool operator<(const Happening& other) const { return when != other.when ? when > other.when : node > other.node; }
};

class Scheduling {
public:
    Scheduling(const Network& network, const DelayOf& delay_of)
        : network_(network),
          delay_of_(delay_of),
          free_(network.pools),
          bandwidth_(network.channels, shared_channels(network)),
          waiting_(network.pools.size()) {
        const std::size_t count = network.nodes.size();
        constexpr auto not_yet = std::numeric_limits<std::uint32_t>::max();
        times_ = {std::vector<Time>(count, never), std::vector<Time>(count, never), std::vector<std::uint32_t>(count, not_yet)};
        outputs_.resize(count);
        missing_.resize(count);
        phases_.resize(count);
        verifying_.resize(count);
        failing_.resize(count);
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
    using Waiting = std::pair<std::uint32_t, NodeId>;  // rank first

    Time next() {
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
        else fresh_.push_back(node);
    }

    // The first pool that has less than `node` demands of it.
    std::optional<std::uint32_t> lacks(NodeId node) const {
        for (const Demand& d : network_.nodes[node].demands)
            if (free_[d.pool] < d.units) return d.pool;
        return std::nullopt;
    }

    // Whoever waits, waits for one pool that had too little when it was last looked at. Until something is given back to that, it
    // need not be looked at again.
    struct Candidate {
        std::uint32_t rank;
        NodeId node;
        std::optional<std::uint32_t> pool;  // that it waited for
        bool operator>(const Candidate& other) const { return std::tie(rank, node) > std::tie(other.rank, other.node); }
    };
    using Candidates = std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>>;

    void add_waiting(std::uint32_t pool, std::set<Waiting>::const_iterator at, Candidates& candidates) const {
        if (at != waiting_[pool].end()) candidates.push({at->first, at->second, pool});
    }

    // Offers what is free in the order of ranks, to what has become ready and to what waits for what was given back.
    void offer(Time now) {
        Candidates candidates;
        for (const NodeId node : fresh_) candidates.push({network_.nodes[node].rank, node, std::nullopt});
        for (const auto pool : given_back_) add_waiting(pool, waiting_[pool].begin(), candidates);
        fresh_.clear();
        given_back_.clear();
        while (!candidates.empty()) {
            const Candidate next = candidates.top();
            candidates.pop();
            // Of an empty pool nobody further back gets anything either.
            if (next.pool && free_[*next.pool] == 0) continue;
            if (next.pool) add_waiting(*next.pool, waiting_[*next.pool].upper_bound({next.rank, next.node}), candidates);
            try_to_begin(next, now);
        }
    }

    void try_to_begin(const Candidate& candidate, Time now) {
        const auto lacking = lacks(candidate.node);
        if (lacking && lacking == candidate.pool) return;
        const Waiting waiting{candidate.rank, candidate.node};
        if (candidate.pool) waiting_[*candidate.pool].erase(waiting);
        if (lacking) {
            waiting_[*lacking].insert(waiting);
            return;
        }
        for (const Demand& d : network_.nodes[candidate.node].demands) free_[d.pool] -= d.units;
        begin(candidate.node, now);
    }

    void begin(NodeId node, Time when) {
        times_.begin[node] = when;
        Taking taking = delay_of_(node, when);
        failing_[node] = taking.fails;
        // Of a transfer only the wait for the first byte is a matter of time alone, and of one that is tried again what went before.
        const TransferDelay* transfer = transfer_of(network_.nodes[node]);
        if (transfer != nullptr && !taking.fails && taking.length != never)
            taking.length -= later(transfer->transfer().after_retrieval(), taking.verifying);
        verifying_[node] = taking.verifying;
        at(later(when, taking.length), node);
    }

    void at(Time when, NodeId node) {
        if (when != never) queue_.push({when, node});
    }

    // One part of a node is over: the next begins, or the node has happened.
    void go_on(NodeId node, Time now) {
        const TransferDelay* transfer = transfer_of(network_.nodes[node]);
        if (failing_[node]) return fail(node, now);
        if (transfer == nullptr) return happen(node, now);
        const std::size_t flows = transfer->transfer().flows.size() + transfer->transfer().logs.size();
        const std::size_t phase = phases_[node]++;
        if (phase < flows) {
            const Flow& flow = transfer->transfer().flow(phase);
            return bandwidth_.start(node, flow.bytes, flow.channels, now);
        }
        if (phase == flows) return at(later(now, later(transfer->transfer().replaying, verifying_[node])), node);
        happen(node, now);
    }

    void fail(NodeId node, Time now) {
        times_.order[node] = happened_++;
        give_back(node);
        is_ready(network_.nodes[node].failure, now);
    }

    void give_back(NodeId node) {
        for (const Demand& d : network_.nodes[node].demands) {
            free_[d.pool] += d.units;
            given_back_.insert(d.pool);
        }
    }

    void happen(NodeId node, Time now) {
        times_.end[node] = now;
        times_.order[node] = happened_++;
        give_back(node);
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
    std::vector<Time> verifying_;      // by node: the last of them
    std::vector<bool> failing_;        // by node: it has begun and will fail
    std::priority_queue<Happening> queue_;
    std::vector<std::set<Waiting>> waiting_;  // by the pool that they lack
    std::vector<NodeId> fresh_;               // ready, and not yet looked at
    std::set<std::uint32_t> given_back_;      // pools
    std::uint32_t happened_ = 0;
};

}  // namespace

bool contended(const Network& network) {
    std::vector<std::int64_t> wanted(network.pools.size());
    for (const Node& node : network.nodes)
        for (const Demand& d : node.demands) {
            wanted[d.pool] += d.units;
            if (wanted[d.pool] > network.pools[d.pool]) return true;
        }
    const std::vector<bool> shared = shared_channels(network);
    return std::find(shared.begin(), shared.end(), true) != shared.end();
}

Times schedule(const Network& network, const DelayOf& delay_of) {
    return contended(network) ? Scheduling(network, delay_of).run() : evaluate(network, delay_of);
}

}  // namespace muster::analysis
