// What one expectation of the plan is about, looked at in every trial of a scenario.
#pragma once

#include "simulator/counts.h"
#include "simulator/rehearsal.h"

namespace muster::simulator {

/// Looks at what `expectation`, which is to hold in the scenario of `rehearsal`, speaks of. Both plan and rehearsal have to outlive it.
class Watch {
public:
    Watch(const Rehearsal& rehearsal, Id<model::Expectation> expectation);

    /// Adds what the trial came to.
    void add(const Outcome& outcome, WatchCount& to) const;
    /// What was seen, and of what.
    [[nodiscard]] Observed observed(const WatchCount& seen) const;

private:
    [[nodiscard]] bool in_order(const Outcome& outcome) const;
    void add_time(Time time, WatchCount& to) const;
    void add_duration(const Outcome& outcome, WatchCount& to) const;

    const Rehearsal& rehearsal_;
    Id<model::Expectation> id_;
    const model::Expectation& expectation_;
    std::optional<Time> objective_;  ///< of a chance: the RTO or RPO that holds in this scenario
};

}  // namespace muster::simulator
