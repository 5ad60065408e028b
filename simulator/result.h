// What a simulation found out. Plain values; `report_json` and `report_text` show them.
#pragma once

#include <string>
#include <vector>

#include "compiler/analysis/impact.h"
#include "compiler/model/expectation.h"
#include "simulator/histogram.h"

namespace muster::simulator {

using support::Id;

/// A step, and in how many trials a service waited for it: it took time, and had it ended later, so would the recovery. Of several
/// steps that end at the same time as the last, all count.
struct Cause {
    Id<model::Step> step;
    std::uint64_t trials = 0;
};

/// A role, and in how many trials a service waited until it was at work.
struct RoleCause {
    Id<model::Role> role;
    std::uint64_t trials = 0;
};

/// What befell the recovery in some trials, and how many of them.
struct Factor {
    enum class Kind : std::uint8_t {
        outside_hours,  ///< a role was paged outside its working hours
        again,          ///< an attempt of a step failed or was stopped
        unsound,        ///< a copy that a step restored from turned out useless
        waited,         ///< the service waited for a step: it is on its critical path
        came_late,      ///< the service waited until a role was at work
    };
    Kind kind = Kind::again;
    Id<model::Step> step;      ///< of `again`, `unsound` and `waited`
    Id<model::Role> role;      ///< of `outside_hours` and `came_late`
    std::uint64_t missed = 0;  ///< of the trials that miss the objective
    std::uint64_t all = 0;     ///< of all trials
};

/// How one service fares in a scenario. A service that is unaffected or degraded is back at 0 in every trial.
struct ServiceResult {
    Id<model::Service> service;
    analysis::State state = analysis::State::unaffected;
    std::optional<Time> rto;
    Histogram rta;                     ///< from the start of the clock
    std::uint64_t met = 0;             ///< trials in which the RTA does not exceed the RTO; 0 without one
    std::vector<Cause> causes;         ///< steps, the most frequent first, then by qualified name
    std::vector<RoleCause> roles;      ///< likewise
    std::vector<Factor> factors = {};  ///< of a service that misses its RTO in some trials; by how much more often in these than in all
    std::string obstacle = {};         ///< why it does not come back in planning values; empty where it does
};

/// How one dataset fares in a scenario.
struct DataResult {
    Id<model::Dataset> data;
    std::optional<Time> rpo;
    Histogram rpa;          ///< never: lost
    std::uint64_t met = 0;  ///< trials in which the RPA does not exceed the RPO; 0 without one
};

/// What a scenario asks of a role that performs steps in it.
struct RoleResult {
    Id<model::Role> role;
    Time busy{0};    ///< mean length, over all trials, of all steps by the role together
    Time waited{0};  ///< mean time for which such steps waited for nothing but the role to be at work
};

/// What the trials of a scenario show of something that the plan expects there.
struct Observed {
    Id<model::Expectation> expectation;
    std::uint64_t trials = 0;
    Histogram times;           ///< of an RTA or RPA in all trials; of a duration in those in which the step was performed
    std::uint64_t within = 0;  ///< how many of these do not exceed what they are compared with by `<=` or `>`; by `<` or `>=`: are below
    std::optional<Time> objective;  ///< of a chance, where there is one
    std::uint64_t held = 0;         ///< of a chance: the trials that meet the objective; of an order: those that keep it
};

/// All trials of one scenario.
struct ScenarioResult {
    Id<model::Scenario> scenario;
    std::vector<ServiceResult> services;      ///< by service
    std::vector<DataResult> data;             ///< by data
    std::vector<RoleResult> roles;            ///< in order of declaration
    std::vector<Observed> expectations = {};  ///< those that are to hold here, in order of declaration
};

/// A whole simulation.
struct Result {
    std::uint64_t seed = 0;
    std::uint64_t trials = 0;                  ///< of each scenario
    std::vector<ScenarioResult> scenarios;     ///< in order of declaration
    std::optional<model::Percent> until = {};  ///< how far the intervals of P(met) were to reach, where that was asked for
    model::Percent reach = {};                 ///< how far the widest of them reaches to either side, rounded up; 0 without objectives
    std::uint64_t asked = 0;                   ///< for how many trials; more than `trials` where it was stopped
};

}  // namespace muster::simulator
