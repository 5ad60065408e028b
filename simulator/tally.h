// What the trials of one scenario add up to.
#pragma once

#include "simulator/counts.h"
#include "simulator/critical.h"
#include "simulator/rehearsal.h"
#include "simulator/watch.h"

namespace muster::simulator {

/// Counts trials of one rehearsal. It does not matter which tally counted which trial, nor in which order they are merged. For one
/// thread; `rehearsal` has to outlive it.
class Tally {
public:
    explicit Tally(const Rehearsal& rehearsal);

    /// Counts one trial.
    void add(const Outcome& outcome);
    /// Counts what `other`, of the same rehearsal, has counted.
    void merge(const Counts& other) { counts_.merge(other); }
    /// What has been counted so far.
    [[nodiscard]] const Counts& counts() const { return counts_; }
    /// The same with names, means and what follows from it.
    [[nodiscard]] ScenarioResult result() const;

private:
    // A service that is unavailable at first.
    struct Asked {
        Id<model::Service> service;
        std::optional<Time> rto;
    };
    // A step that waits for somebody: the nodes of the step and of the response.
    struct Task {
        analysis::NodeId step;
        analysis::NodeId response;
    };
    // A step that keeps somebody of a role busy.
    struct Hands {
        analysis::NodeId step;
        std::uint32_t role;
    };

    void watch_people();
    void watch_expectations();
    void note_marks(const Outcome& outcome);
    void add_service(const Asked& asked, ServiceCount& count, const Outcome& outcome);
    void add_wait(const Task& task, const TrialTimes& times);
    void add_work(const Hands& hands, const TrialTimes& times);
    [[nodiscard]] ServiceResult service_result(const analysis::ServiceOutcome& planned) const;
    [[nodiscard]] std::vector<Cause> causes(const ServiceCount& count) const;
    [[nodiscard]] std::vector<RoleCause> role_causes(const ServiceCount& count) const;
    [[nodiscard]] std::vector<Factor> factors(const ServiceCount& count) const;
    [[nodiscard]] std::vector<RoleResult> role_results() const;

    const Rehearsal& rehearsal_;
    const analysis::Network& network_;
    CriticalNodes critical_;
    std::vector<Mark> possible_;       ///< in order
    std::vector<std::size_t> befell_;  ///< of the trial that is being counted, which of these; none twice
    std::vector<Asked> services_;
    std::vector<Task> tasks_;
    std::vector<Hands> hands_;
    std::vector<Watch> watches_;
    Counts counts_;
};

}  // namespace muster::simulator
