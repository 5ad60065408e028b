// One scenario, rehearsed: what happens in a single trial of it.
#pragma once

#include <vector>

#include "simulator/hours.h"
#include "simulator/loss.h"

namespace muster::simulator {

/// What one trial came to. The times of the network count from the disruption.
struct Outcome {
    analysis::Times times;  ///< by node of the network
    std::vector<Time>
        rta;  ///< by service, from the start of the clock; `never` where it does not come back, `unknown` where nobody can tell
    std::vector<Time> rpa;  ///< by data; `never` where it is lost, `unknown` where nobody can tell how much is
};

/// A scenario and how the plan answers, with all at hand that many trials of it need. Several threads may ask it at once. `plan` has to
/// outlive it.
class Rehearsal {
public:
    Rehearsal(const model::Plan& plan, Id<model::Scenario> scenario, const analysis::Schedules& schedules);

    /// A trial with every draw replaced by its planning value: what `estimate` says, to the millisecond.
    [[nodiscard]] Outcome planning_trial() const { return run(Chance{}); }

    /// The trial with those draws. The moment of the disruption is uniform over [as_of, as_of + `analysis::gap_horizon`); it fixes
    /// who is at work and which backups there are. Which procedures are followed, and which copy each step restores from, is as
    /// planned.
    [[nodiscard]] Outcome trial(const Draws& draws) const { return run(Chance(draws, &plan_.origins)); }

    [[nodiscard]] const model::Plan& plan() const { return plan_; }
    /// What the trials start from: the network, and every figure in planning values.
    [[nodiscard]] const analysis::Estimate& estimate() const { return estimate_; }

private:
    // What steps that can fail, or that are only turned to, leave a dataset with. Nothing where all goes as planned in every trial.
    struct Writing {
        std::vector<std::pair<analysis::NodeId, Loss>> steps;
        std::optional<Loss> unwritten;
    };

    [[nodiscard]] Writing writing(const analysis::DataOutcome& planned, const analysis::Schedules& schedules) const;
    [[nodiscard]] const Loss& loss_of(Id<model::Dataset> data, const Chance& chance, const analysis::Times& times) const;
    [[nodiscard]] Outcome run(const Chance& chance) const;
    [[nodiscard]] analysis::Times times(const Chance& chance, Instant t0) const;
    [[nodiscard]] std::vector<Time> rtas(const analysis::Times& times) const;
    void tell_unknown(Outcome& outcome, const Chance& chance, Instant t0) const;
    [[nodiscard]] analysis::Taking taking(analysis::NodeId node, const Chance& chance, Instant begin) const;
    [[nodiscard]] analysis::Taking attempts(analysis::NodeId node, const Chance& chance, Instant begin) const;
    [[nodiscard]] analysis::Taking delay_of(analysis::NodeId node, const Chance& chance, Instant begin, std::uint64_t attempt) const;
    [[nodiscard]] Time response(Id<model::Role> role, Entity who, const Chance& chance, Instant paged) const;
    [[nodiscard]] Time clock_start(const analysis::Times& times) const;

    const model::Plan& plan_;
    Instant as_of_;
    analysis::Estimate estimate_;
    bool something_unknown_ = false;   ///< in the network: what never happens may only be unknown
    std::vector<Entity> entities_;     ///< by node
    std::vector<WorkingHours> hours_;  ///< by role
    std::vector<Loss> losses_;         ///< by data: as planned
    std::vector<Writing> writings_;    ///< by data
};

}  // namespace muster::simulator
