// What the trials of one scenario add up to.
#pragma once

#include <map>

#include "simulator/critical.h"
#include "simulator/rehearsal.h"
#include "simulator/result.h"
#include "simulator/watch.h"

namespace muster::simulator {

/// Counts trials of one rehearsal. All sums are integers, so that it does not matter which tally counted which trial, nor in
/// which order they are merged. For one thread; `rehearsal` has to outlive it.
class Tally {
public:
    explicit Tally(const Rehearsal& rehearsal);

    /// Counts one trial.
    void add(const Outcome& outcome);
    /// Counts what `other`, of the same rehearsal, has counted.
    void merge(const Tally& other);
    /// What has been counted so far.
    [[nodiscard]] ScenarioResult result() const;

private:
    struct ServiceCount {
        Id<model::Service> service;
        std::optional<Time> rto;
        Histogram rta;
        std::uint64_t met = 0;
        std::map<std::uint32_t, std::uint64_t> critical;  ///< by step
    };
    struct RoleCount {
        __int128 busy = 0;
        __int128 waited = 0;
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

    void watch_expectations();
    void add_service(ServiceCount& count, const Outcome& outcome);
    void add_wait(const Task& task, const analysis::Times& times);
    void add_work(const Hands& hands, const analysis::Times& times);
    [[nodiscard]] ServiceResult service_result(const analysis::ServiceOutcome& planned) const;
    [[nodiscard]] std::vector<Cause> causes(const ServiceCount& count) const;
    [[nodiscard]] std::vector<RoleResult> role_results() const;

    const Rehearsal& rehearsal_;
    const analysis::Network& network_;
    CriticalNodes critical_;
    std::uint64_t trials_ = 0;
    std::vector<ServiceCount> services_;  ///< those that are unavailable at first
    std::vector<DataResult> data_;
    std::vector<Task> tasks_;
    std::vector<Hands> hands_;
    std::map<std::uint32_t, RoleCount> roles_;
    std::vector<Watch> watches_;
    std::vector<Observed> observed_;  ///< by watch
};

}  // namespace muster::simulator
