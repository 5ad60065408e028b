// Monte Carlo: many trials of every scenario of a plan.
#pragma once

#include <atomic>
#include <functional>

#include "compiler/analysis/calendar.h"
#include "compiler/model/plan.h"
#include "simulator/counts.h"

namespace muster::simulator {

/// How to simulate.
struct Options {
    std::uint64_t seed = 1;
    std::uint64_t trials = 10'000;  ///< of each scenario; above zero
    unsigned threads = 0;           ///< 0: as many as the machine has
    analysis::Instant as_of{};      ///< the clock of every schedule
    /// Where it is said, `trials` is the most that are made: first 1,024 of each scenario, then twice as many again and again, until the
    /// 95 % interval of no P(met) reaches further than that to either side. A plan without objectives has nothing to become sure of.
    std::optional<model::Percent> until = {};
    /// These scenarios alone; nothing: all.
    std::optional<std::vector<Id<model::Scenario>>> only = {};
    /// Once this is true nothing more is begun, and the result is that of the last round of trials that was complete, as if `trials` had
    /// been so few: with this, trials are made in the same rounds as with `until`. Null: they are all made.
    const std::atomic<bool>* stop = nullptr;
};

/// One of `of` equal parts of the trials of each scenario, by its number from 1 on: those from ⌊(number − 1) × trials / of⌋ to
/// ⌊number × trials / of⌋ − 1.
struct Part {
    std::uint64_t number = 1;
    std::uint64_t of = 1;
};

/// Told how many of all trials have been made, from whichever thread has made them, by one thread at a time, and never fewer than
/// before.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Simulates every scenario of `plan`. The result depends on the plan, the seed, the number of trials, `until` and `as_of` alone: it is the
/// same to the bit for any number of threads, and for any order of declarations but for the order in which things are listed. Without any
/// trials where it was stopped before the first round was complete.
[[nodiscard]] Result simulate(const model::Plan& plan, const Options& options, const Progress& progress = {});

/// The counts of one part of the trials, by scenario. `until` and `stop` mean nothing.
[[nodiscard]] std::vector<Counts> simulate_part(const model::Plan& plan, const Options& options, Part part, const Progress& progress = {});

/// The result that all parts come to: that of `simulate` with the same options. Nothing where a part does not have what the scenarios of
/// this plan have.
[[nodiscard]] std::optional<Result> joined(const model::Plan& plan, const Options& options, const std::vector<std::vector<Counts>>& parts);

}  // namespace muster::simulator
