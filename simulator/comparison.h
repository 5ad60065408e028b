// Two plans under the same disasters: what a change does, trial by trial.
#pragma once

#include <string>
#include <vector>

#include "simulator/simulate.h"

namespace muster::simulator {

/// A mean over trials, with its 95 % interval. All in the unit of what was counted.
struct Mean {
    double value = 0;
    double low = 0;
    double high = 0;
};

/// One service or dataset in one scenario that both plans have, in the same trials of both. Common random numbers: what the change does not
/// touch is drawn alike on both sides, so that what differs is due to the change. All sums are integers.
struct Shift {
    std::string scenario;
    std::string name;
    bool service = true;  ///< else data
    std::optional<Time> objective_before;
    std::optional<Time> objective_after;
    Histogram before;          ///< RTAs or RPAs
    Histogram after;           ///< likewise
    std::uint64_t differ = 0;  ///< trials in which the two are not the same
    std::uint64_t gained = 0;  ///< trials that meet the objective only with the change
    std::uint64_t lost = 0;    ///< trials that meet it only without
    std::uint64_t both = 0;    ///< trials in which both times are known
    __int128 sum = 0;          ///< over these, of the time after less the time before, in ms
    __int128 squares = 0;      ///< of the same, squared

    /// Whether any trial of the two is different.
    [[nodiscard]] bool moved() const { return differ > 0 || gained > 0 || lost > 0; }
    /// By how much P(met) moves: (gained − lost) / n, with the interval of paired proportions
    /// ± 1.96 √(gained + lost − (gained − lost)² / n) / n (Fleiss, "Statistical Methods for Rates and Proportions", 13.1).
    [[nodiscard]] Mean met() const;
    /// By how much the time moves on average where it is known on both sides, in ms; nothing where it never is.
    [[nodiscard]] std::optional<Mean> time() const;
    /// Counts one trial of both.
    void add(Time time_before, Time time_after);
    /// Counts what `other`, of the same, has counted.
    void merge(const Shift& other);
};

/// Simulates the scenarios that `before` and `after` share by name, with the same draws, and compares the services and data that they
/// share. In order of `before`: by scenario, services before data. The number of threads does not change it; `options.until` and `only`
/// mean nothing.
[[nodiscard]] std::vector<Shift> compare(const model::Plan& before, const model::Plan& after, const Options& options);

/// What moves, as a table below the line `what if` and what was changed, `changes`.
[[nodiscard]] std::string render_shifts(const std::vector<Shift>& shifts, const std::vector<std::string>& changes);

}  // namespace muster::simulator
