// One scenario, rehearsed: what happens in a single trial of it.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "simulator/sampler.h"
#include "simulator/trial_times.h"

namespace muster::simulator {

/// What one trial came to. The times of the network count from the disruption.
struct Outcome {
    TrialTimes times;  ///< by node of the network
    std::vector<Time>
        rta;  ///< by service, from the start of the clock; `never` where it does not come back, `unknown` where nobody can tell
    std::vector<Time> rpa;    ///< by data; `never` where it is lost, `unknown` where nobody can tell how much is
    std::vector<Mark> marks;  ///< what befell its parts, in no order, perhaps twice
};

/// A scenario and how the plan answers, with all at hand that many trials of it need. Several threads may ask it at once. `plan` has to
/// outlive it.
class Rehearsal {
public:
    /// Something that is done to a recovery before it is rehearsed.
    using Edit = std::function<void(analysis::Recovery&)>;

    Rehearsal(const model::Plan& plan, Id<model::Scenario> scenario, const analysis::Schedules& schedules, const Edit& edit = {});

    /// A trial with every draw replaced by its planning value: what `estimate` says, to the millisecond.
    [[nodiscard]] Outcome planning_trial() const { return run(Chance{}); }

    /// The trial with those draws. The moment of the disruption fixes who is at work and which backups there are. Which procedures are
    /// followed, and which copy each step restores from, is as planned; an unsound run of it costs its restore, and the next older one
    /// is tried.
    [[nodiscard]] Outcome trial(const Draws& draws) const { return run(Chance(draws, &plan_.origins)); }

    /// What a trial came to whose network ran by `times`.
    [[nodiscard]] Outcome outcome(Trial& trial, TrialTimes times) const;

    [[nodiscard]] const model::Plan& plan() const { return plan_; }
    /// What the trials start from: the network, and every figure in planning values.
    [[nodiscard]] const analysis::Estimate& estimate() const { return *estimate_; }
    /// Who draws what becomes of each part.
    [[nodiscard]] const Sampler& sampler() const { return sampler_; }

private:
    // What steps that can fail, or that are only turned to, leave a dataset with. Nothing where all goes as planned in every trial.
    struct Writing {
        std::vector<std::pair<analysis::NodeId, Loss>> steps;
        std::optional<Loss> unwritten;
    };

    [[nodiscard]] Writing writing(const analysis::DataOutcome& planned, const analysis::Schedules& schedules) const;
    [[nodiscard]] const Loss& loss_of(Id<model::Dataset> data, const Chance& chance, const TrialTimes& times) const;
    [[nodiscard]] Outcome run(const Chance& chance) const;
    [[nodiscard]] TrialTimes times(Trial& trial) const;
    [[nodiscard]] std::vector<Time> rtas(const TrialTimes& times) const;
    void tell_unknown(Outcome& outcome, const Trial& trial) const;
    [[nodiscard]] Time clock_start(const TrialTimes& times) const;

    const model::Plan& plan_;
    std::shared_ptr<const analysis::Estimate> estimate_;  ///< shared, so that its address stays where a rehearsal is moved
    Sampler sampler_;
    std::vector<Loss> losses_;       ///< by data: as planned
    std::vector<Writing> writings_;  ///< by data
};

}  // namespace muster::simulator
