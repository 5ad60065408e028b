// How often each copy is tried out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/analysis/calendar.h"
#include "compiler/model/plan.h"

namespace muster::analysis {

/// What tests the copies of a plan: their own `verify`, and drills that exercise a backup, a procedure that restores from it, or a scenario
/// that follows such a procedure. Finding it takes one look at the plan, and about a millisecond for each different schedule asked for.
class Tests {
public:
    Tests(const model::Plan& plan, Instant as_of);

    /// The longest that passes between two tests of `copy`, by whatever tests it most often. Nothing where nothing does, or without a
    /// schedule.
    [[nodiscard]] std::optional<support::Time> within(support::Id<model::Copy> copy);

    /// Whether the plan has a drill, or a `verify` of any copy.
    [[nodiscard]] bool any() const { return any_; }

private:
    void add(const model::Drill& drill);
    void add(support::Id<model::Procedure> procedure, const model::Schedule& schedule);
    std::optional<support::Time> gap_of(const model::Schedule& schedule);

    const model::Plan& plan_;
    Instant as_of_;
    bool any_ = false;
    std::vector<std::vector<const model::Schedule*>> schedules_;  // by copy
    std::map<std::string, std::optional<support::Time>> gaps_;    // by what makes schedules the same
};

}  // namespace muster::analysis
