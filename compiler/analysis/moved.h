// Two estimates of almost the same plan, side by side: what moved.
#pragma once

#include <string>
#include <vector>

#include "compiler/analysis/estimate.h"

namespace muster::analysis {

/// What is achieved, of a service its RTA, of data its RPA, and how that stands to the objective.
struct Achieved {
    std::optional<Time> time;  ///< `never` where the service does not come back; nothing where unknown, or where data is lost
    Verdict verdict = Verdict::unset;
    bool objective = false;  ///< whether there is one that the verdict is about
    auto operator<=>(const Achieved&) const = default;
};

/// One service or dataset in one scenario that is not as it was. On the side where the plan does not have it, or the scenario, there
/// is nothing.
struct Moved {
    std::string scenario;
    bool service = true;  ///< else data
    std::string name;
    std::optional<Achieved> before;
    std::optional<Achieved> after;
    bool gone = false;  ///< the changed plan has no such scenario, service or data; an objective that is gone is not met

    /// Whether it kept its objective before, or keeps it now, and not on the other side.
    [[nodiscard]] bool newly_met() const;
    [[nodiscard]] bool newly_missed() const;
};

/// Estimates of all scenarios of a plan.
struct Estimated {
    const model::Plan& plan;
    const std::vector<Estimate>& estimates;
};

/// What is different in `after`, found by the names of scenarios, services and data: in order of the scenarios of `after`, then of those
/// that only `before` has; services before data. What no scenario takes away and nothing restores has not moved.
[[nodiscard]] std::vector<Moved> moved(const Estimated& before, const Estimated& after);

/// `moved` as a table, below the line `what if` and what was changed, `changes`. Ends with how many objectives are newly met and missed.
[[nodiscard]] std::string render_moved(const std::vector<Moved>& moved, const std::vector<std::string>& changes);

}  // namespace muster::analysis
