// What trials of one scenario add up to, in integers: counts of different trials are added in any order, by whichever machine.
#pragma once

#include <map>
#include <vector>

#include "simulator/result.h"

namespace muster::simulator {

/// In how many trials something was so.
struct Frequency {
    std::uint64_t all = 0;
    std::uint64_t missed = 0;  ///< of those that miss the objective

    /// Counts a trial in which it was so.
    void add(bool miss) {
        ++all;
        missed += miss ? 1 : 0;
    }
    /// Counts what `other` has counted.
    void merge(const Frequency& other) {
        all += other.all;
        missed += other.missed;
    }
    bool operator==(const Frequency&) const = default;
};

/// Of one service that is unavailable at first.
struct ServiceCount {
    Histogram rta;
    std::uint64_t met = 0;
    std::map<std::uint32_t, Frequency> steps;  ///< on its critical path, by step
    std::map<std::uint32_t, Frequency> roles;  ///< likewise, by role that was waited for
    std::vector<Frequency> marks;              ///< by what may befall the recovery
    bool operator==(const ServiceCount&) const = default;
};

struct DataCount {
    Histogram rpa;
    std::uint64_t met = 0;
    bool operator==(const DataCount&) const = default;
};

/// Of a role that performs steps: milliseconds, over all trials.
struct RoleCount {
    __int128 busy = 0;
    __int128 waited = 0;
    bool operator==(const RoleCount&) const = default;
};

/// Of one expectation.
struct WatchCount {
    std::uint64_t trials = 0;
    Histogram times;
    std::uint64_t within = 0;
    std::uint64_t held = 0;
    bool operator==(const WatchCount&) const = default;
};

/// Of one scenario. How many entries each list has, and what each is about, follows from the plan.
struct Counts {
    std::uint64_t trials = 0;
    std::vector<ServiceCount> services;
    std::vector<DataCount> data;
    std::map<std::uint32_t, RoleCount> roles;
    std::vector<WatchCount> watches;

    /// Adds what `other`, of the same scenario, has counted.
    void merge(const Counts& other);
    /// Whether `other` has as many entries in each list, of the same roles.
    [[nodiscard]] bool fits(const Counts& other) const;
    bool operator==(const Counts&) const = default;
};

}  // namespace muster::simulator
