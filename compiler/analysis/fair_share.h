// Bandwidth that several transfers share: max-min fair, in exact arithmetic.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <queue>
#include <set>
#include <vector>

#include "compiler/support/bytes.h"

namespace muster::analysis {

using support::Rate;
using support::Size;
using support::Time;

/// Flows through channels of limited capacity. Each flow passes one channel or more and moves at its max-min fair rate: no flow can
/// have more without another, that has no more than it, having less. Rates change when a flow starts or ends, at whole
/// milliseconds; a flow ends at the millisecond, rounded up, by which all its bytes have moved.
///
/// Only flows that share a channel, directly or through others, are looked at when one of them starts or ends; of those, all that
/// pass the same shared channels and are bounded alike cost as much as one.
class FairShare {
public:
    /// Channels are known by their number; one of 0 bytes lets nothing through.
    explicit FairShare(const std::vector<Rate>& capacities) : FairShare(capacities, std::vector<bool>(capacities.size(), true)) {}

    /// The same, where at any moment at most one flow passes a channel that is not `shared`.
    FairShare(std::vector<Rate> capacities, std::vector<bool> shared);

    /// Starts a flow at `now`, which is not before the last call's. `channels` are not empty and name none twice.
    void start(std::uint32_t flow, Size bytes, const std::vector<std::uint32_t>& channels, Time now);

    /// When the next flow ends if none starts before; `never` where none does.
    [[nodiscard]] Time next_end();

    /// Goes on to `now`, which is not after `next_end()`, and takes out the flows that have ended by then.
    [[nodiscard]] std::vector<std::uint32_t> advance(Time now);

private:
    using Exact = boost::multiprecision::cpp_rational;

    // What flows of one group have in common: the shared channels that they pass, in order, and the narrowest of their own.
    struct Way {
        std::vector<std::uint32_t> channels;
        std::optional<std::pair<std::int64_t, Time>> bound;  // bytes per time
        auto operator<=>(const Way&) const = default;
    };

    // Flows of the same way move at the same rate, whenever they started.
    struct Group {
        const Way* way = nullptr;
        std::uint32_t number = 0;
        std::optional<Exact> bound;  // bytes in a millisecond
        Exact moved = 0;             // bytes, by `since`, that a flow would have moved that had been there from the beginning
        Exact rate = 0;              // bytes in a millisecond, from `since` on
        Time since{0};
        Time end{0};                                  // of its next flow
        using End = std::pair<Exact, std::uint32_t>;  // how far `moved` is when the flow ends
        std::priority_queue<End, std::vector<End>, std::greater<>> flows;
    };

    class Filling;

    [[nodiscard]] Exact in_a_millisecond(Rate rate) const;
    [[nodiscard]] bool is_narrower(std::uint32_t a, std::uint32_t b) const;
    [[nodiscard]] Way way_through(const std::vector<std::uint32_t>& channels) const;
    Group& group_of(Way way);
    void go_to(Time now);
    void settle();
    std::vector<Group*> touched_groups();
    void set_end(Group& group);
    void remove(Group& group);

    std::vector<Rate> capacities_;
    std::vector<bool> shared_;
    std::map<Way, Group> groups_;                    // only those with flows
    std::vector<std::vector<Group*>> through_;       // by shared channel
    std::set<std::pair<Time, std::uint32_t>> ends_;  // of each group's next flow, by number
    std::map<std::uint32_t, Group*> by_number_;
    std::set<std::uint32_t> touched_channels_;  // whose flows are other ones than when they were last shared out
    std::set<std::uint32_t> touched_;           // groups, likewise
    std::uint32_t made_ = 0;
    Time now_{0};
};

}  // namespace muster::analysis
