#include "compiler/analysis/schedule.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <set>

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

// Numbers below a limit, of which the next one from a given one on is found quickly.
class Numbers {
public:
    explicit Numbers(std::size_t limit) : words_((limit + 63) / 64) {}
    void insert(std::uint32_t number) { words_[number / 64] |= bit(number); }
    void erase(std::uint32_t number) { words_[number / 64] &= ~bit(number); }
    void clear() { std::fill(words_.begin(), words_.end(), 0); }

    // The first from `from` on; nothing where there is none.
    std::optional<std::uint32_t> next(std::uint32_t from) const {
        std::size_t word = from / 64;
        if (word >= words_.size()) return std::nullopt;
        std::uint64_t rest = words_[word] & (~std::uint64_t{0} << (from % 64));
        while (rest == 0) {
            if (++word == words_.size()) return std::nullopt;
            rest = words_[word];
        }
        return static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(rest));
    }

private:
    static std::uint64_t bit(std::uint32_t number) { return std::uint64_t{1} << (number % 64); }
    std::vector<std::uint64_t> words_;
};

// Nodes that demand something, in the order in which they are served.
std::vector<NodeId> in_order_of_rank(const Network& network) {
    std::vector<NodeId> order;
    for (NodeId node = 0; node < network.nodes.size(); ++node)
        if (!network.nodes[node].demands.empty()) order.push_back(node);
    std::sort(order.begin(), order.end(),
              [&](NodeId a, NodeId b) { return std::pair(network.nodes[a].rank, a) < std::pair(network.nodes[b].rank, b); });
    return order;
}

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

Times schedule(const Network& network, const DelayOf& delay_of) { return Scheduler(network).run(delay_of); }

class Scheduler::Scheduling {
public:
    explicit Scheduling(const Network& network) : network_(network), shared_(shared_channels(network)), served_(in_order_of_rank(network)) {
        const std::size_t count = network.nodes.size();
        outputs_.resize(count);
        missing_at_first_.resize(count);
        place_.resize(count);
        for (std::uint32_t place = 0; place < served_.size(); ++place) place_[served_[place]] = place;
        waiting_.resize(network.pools.size(), Numbers(served_.size()));
        returned_.resize(network.pools.size());
        for (NodeId node = 0; node < count; ++node) {
            const Node& n = network.nodes[node];
            moves_something_ |= transfer_of(n) != nullptr;
            missing_at_first_[node] = static_cast<std::uint32_t>(n.any ? std::min<std::size_t>(1, n.inputs.size()) : n.inputs.size());
            // That a step has ended is no reason for its failure to begin.
            if (n.kind == Node::Kind::failure) continue;
            for (const NodeId input : n.inputs) outputs_[input].push_back(node);
        }
    }

    void run(const DelayOf& delay_of, Times& times) {
        delay_of_ = &delay_of;
        times_ = &times;
        set_back();
        for (NodeId node = 0; node < network_.nodes.size(); ++node)
            if (missing_[node] == 0) is_ready(node, Time::zero());
        offer(Time::zero());
        while (true) {
            const Time now = next();
            if (now == never) return;
            while (next() == now) let_happen(now);
            offer(now);
        }
    }

private:
    void set_back() {
        const std::size_t count = network_.nodes.size();
        constexpr auto not_yet = std::numeric_limits<std::uint32_t>::max();
        times_->begin.assign(count, never);
        times_->end.assign(count, never);
        times_->order.assign(count, not_yet);
        free_ = network_.pools;
        missing_ = missing_at_first_;
        phases_.assign(count, 0);
        verifying_.assign(count, Time::zero());
        failing_.assign(count, false);
        for (Numbers& numbers : waiting_) numbers.clear();
        queue_.clear();
        fresh_.clear();
        given_back_.clear();
        std::fill(returned_.begin(), returned_.end(), false);
        happened_ = 0;
        bandwidth_.reset();
        if (moves_something_) bandwidth_.emplace(network_.channels, shared_);
    }

    Time next() {
        const Time flows = bandwidth_ ? bandwidth_->next_end() : never;
        return queue_.empty() ? flows : std::min(flows, queue_.front().when);
    }

    void let_happen(Time now) {
        if (bandwidth_)
            for (const NodeId node : bandwidth_->advance(now)) go_on(node, now);
        while (!queue_.empty() && queue_.front().when == now) {
            const NodeId node = queue_.front().node;
            std::pop_heap(queue_.begin(), queue_.end());
            queue_.pop_back();
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
        std::uint32_t place;                // in the order of ranks
        std::optional<std::uint32_t> pool;  // that it waited for
        bool operator<(const Candidate& other) const { return place > other.place; }
    };

    void add_candidate(Candidate candidate) {
        candidates_.push_back(candidate);
        std::push_heap(candidates_.begin(), candidates_.end());
    }

    void add_waiting(std::uint32_t pool, std::uint32_t from) {
        if (const auto place = waiting_[pool].next(from)) add_candidate({*place, pool});
    }

    // Offers what is free in the order of ranks, to what has become ready and to what waits for what was given back.
    void offer(Time now) {
        candidates_.clear();
        for (const NodeId node : fresh_) add_candidate({place_[node], std::nullopt});
        for (const auto pool : given_back_) {
            add_waiting(pool, 0);
            returned_[pool] = false;
        }
        fresh_.clear();
        given_back_.clear();
        while (!candidates_.empty()) {
            const Candidate next = candidates_.front();
            std::pop_heap(candidates_.begin(), candidates_.end());
            candidates_.pop_back();
            // Of an empty pool nobody further back gets anything either.
            if (next.pool && free_[*next.pool] == 0) continue;
            if (next.pool) add_waiting(*next.pool, next.place + 1);
            try_to_begin(next, now);
        }
    }

    void try_to_begin(const Candidate& candidate, Time now) {
        const NodeId node = served_[candidate.place];
        const auto lacking = lacks(node);
        if (lacking && lacking == candidate.pool) return;
        if (candidate.pool) waiting_[*candidate.pool].erase(candidate.place);
        if (lacking) {
            waiting_[*lacking].insert(candidate.place);
            return;
        }
        for (const Demand& d : network_.nodes[node].demands) free_[d.pool] -= d.units;
        begin(node, now);
    }

    void begin(NodeId node, Time when) {
        times_->begin[node] = when;
        Taking taking = (*delay_of_)(node, when);
        failing_[node] = taking.fails;
        // Of a transfer only the wait for the first byte is a matter of time alone, and of one that is tried again what went before.
        const TransferDelay* transfer = transfer_of(network_.nodes[node]);
        if (transfer != nullptr && !taking.fails && taking.length != never)
            taking.length -= later(transfer->transfer().after_retrieval(), taking.verifying);
        verifying_[node] = taking.verifying;
        at(later(when, taking.length), node);
    }

    void at(Time when, NodeId node) {
        if (when == never) return;
        queue_.push_back({when, node});
        std::push_heap(queue_.begin(), queue_.end());
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
            return bandwidth_->start(node, flow.bytes, flow.channels, now);
        }
        if (phase == flows) return at(later(now, later(transfer->transfer().replaying, verifying_[node])), node);
        happen(node, now);
    }

    void fail(NodeId node, Time now) {
        times_->order[node] = happened_++;
        give_back(node);
        is_ready(network_.nodes[node].failure, now);
    }

    void give_back(NodeId node) {
        for (const Demand& d : network_.nodes[node].demands) {
            free_[d.pool] += d.units;
            if (!returned_[d.pool]) given_back_.push_back(d.pool);
            returned_[d.pool] = true;
        }
    }

    void happen(NodeId node, Time now) {
        times_->end[node] = now;
        times_->order[node] = happened_++;
        give_back(node);
        for (const NodeId output : outputs_[node])
            if (missing_[output] > 0 && --missing_[output] == 0) is_ready(output, now);
    }

    const Network& network_;
    std::vector<bool> shared_;                     // by channel: several transfers pass it
    std::vector<NodeId> served_;                   // who demands something, in the order of ranks
    std::vector<std::uint32_t> place_;             // by node: where it stands there
    std::vector<std::vector<NodeId>> outputs_;     // by node
    std::vector<std::uint32_t> missing_at_first_;  // by node
    bool moves_something_ = false;

    const DelayOf* delay_of_ = nullptr;
    Times* times_ = nullptr;
    std::vector<std::int64_t> free_;
    std::optional<FairShare> bandwidth_;
    std::vector<std::uint32_t> missing_;
    std::vector<std::size_t> phases_;        // by node: how many parts of a transfer are over
    std::vector<Time> verifying_;            // by node: the last of them
    std::vector<bool> failing_;              // by node: it has begun and will fail
    std::vector<Happening> queue_;           // a heap
    std::vector<Candidate> candidates_;      // likewise
    std::vector<Numbers> waiting_;           // by the pool that they lack: places
    std::vector<NodeId> fresh_;              // ready, and not yet looked at
    std::vector<std::uint32_t> given_back_;  // pools, each once
    std::vector<bool> returned_;             // by pool: it is among these
    std::uint32_t happened_ = 0;
};

Scheduler::Scheduler(const Network& network) : network_(network) {
    if (contended(network)) scheduling_ = std::make_unique<Scheduling>(network);
}

Scheduler::~Scheduler() = default;
Scheduler::Scheduler(Scheduler&&) noexcept = default;

const Times& Scheduler::run(const DelayOf& delay_of) {
    if (scheduling_) scheduling_->run(delay_of, times_);
    else times_ = evaluate(network_, delay_of);
    return times_;
}

}  // namespace muster::analysis
