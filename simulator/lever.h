// What could be changed about a plan, one figure at a time, and what P(met) would gain by it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "simulator/comparison.h"
#include "simulator/rehearsal.h"

namespace muster::simulator {

/// One small change: a step or a response a fifth shorter, one more person, a detector or a copy twice as often.
struct Lever {
    std::string what;    ///< "step `back.load` a fifth faster"
    std::string change;  ///< the same for --set; empty where no single figure of the plan says it
    std::function<void(model::Plan&)> on_plan;
    Rehearsal::Edit on_recovery;  ///< where no figure of the plan says it
};

/// The levers worth trying, from what the trials of `result` waited for and missed: at most six steps, four roles by their headcount and
/// three by their response, three detectors, four copies. In that order, those that were waited for most first. Empty where every objective
/// is met in every trial.
[[nodiscard]] std::vector<Lever> levers(const model::Plan& plan, const Result& result, const analysis::Schedules& schedules);

/// What one lever does, in the same trials with and without it.
struct Leverage {
    std::string what;
    std::string change;
    Mean gain;                 ///< of P(met), added up over all objectives: 1 is one objective more that is met
    std::string most;          ///< of which objective it moves most: "`shop` in `fire`"
    std::uint64_t before = 0;  ///< trials that meet that one without it
    std::uint64_t after = 0;   ///< and with it
};

/// All levers that were tried.
struct Sensitivity {
    std::uint64_t trials = 0;  ///< of each scenario, with and without each lever
    std::size_t tried = 0;
    std::vector<Leverage> leverages;  ///< those that gain anything, the greatest gain first, then as they were tried
};

/// How many trials of a scenario say enough: the interval of a gain then reaches some two points to either side.
inline constexpr std::uint64_t lever_trials = 1'000;

/// Tries every lever in the scenarios whose objectives some trial of `result` misses, with the draws of the first `lever_trials` trials of
/// `options`: common random numbers, so that what differs is due to the lever. Sums are integers: the number of threads does not change it.
[[nodiscard]] Sensitivity sensitivity(const model::Plan& plan, const Result& result, const Options& options);

/// The three that matter most, for people; with the change to paste, where there is one.
[[nodiscard]] std::string render_levers(const Sensitivity& sensitivity);

}  // namespace muster::simulator
