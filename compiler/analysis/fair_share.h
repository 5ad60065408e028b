// Bandwidth that several transfers share: max-min fair, in exact arithmetic.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <map>
#include <queue>
#include <vector>

#include "compiler/support/bytes.h"

namespace muster::analysis {

using support::Rate;
using support::Size;
using support::Time;

/// Flows through channels of limited capacity. Each flow passes one channel or more and moves at its max-min fair rate: no flow can
/// have more without another, that has no more than it, having less. Rates change when a flow starts or ends, at whole
/// milliseconds; a flow ends at the millisecond, rounded up, by which all its bytes have moved.
class FairShare {
public:
    /// Channels are known by their number; one of 0 bytes lets nothing through.
    explicit FairShare(std::vector<Rate> capacities) : capacities_(std::move(capacities)) {}

    /// Starts a flow at `now`, which is not before the last call's. `channels` are not empty and name none twice.
    void start(std::uint32_t flow, Size bytes, std::vector<std::uint32_t> channels, Time now);

    /// When the next flow ends if none starts before; `never` where none does.
    [[nodiscard]] Time next_end() const;

    /// Goes on to `now`, which is not after `next_end()`, and takes out the flows that have ended by then.
    [[nodiscard]] std::vector<std::uint32_t> advance(Time now);

private:
    using Exact = boost::multiprecision::cpp_rational;

    // Flows through the same channels move at the same rate, whenever they started.
    struct Group {
        Exact moved = 0;                              // bytes that a flow would have moved that had been there from the beginning
        Exact rate = 0;                               // bytes in a millisecond
        using End = std::pair<Exact, std::uint32_t>;  // how far `moved` is when the flow ends
        std::priority_queue<End, std::vector<End>, std::greater<>> flows;
    };

    void pass_time(Time now);
    void share();
    [[nodiscard]] Exact capacity(std::uint32_t channel) const;

    std::vector<Rate> capacities_;
    std::map<std::vector<std::uint32_t>, Group> groups_;  // by channels; only those with flows
    Time now_{0};
};

}  // namespace muster::analysis
