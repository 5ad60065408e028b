// One change of a plan, made and estimated.
#pragma once

#include <optional>

#include "compiler/mend/mend.h"

namespace muster::mend {

/// A plan with one change.
struct Changed {
    model::Plan plan;
    std::optional<analysis::Schedules> schedules;  ///< always there
};

/// Makes `change`, which is in the language of `whatif`. Nothing where the plan would not be sound with it.
[[nodiscard]] std::optional<Changed> make(const Subject& subject, const std::string& change);

/// What is achieved of an objective; `time` as in analysis::Achieved.
struct Reached {
    std::optional<Time> time;
    bool met = false;
};

/// What the plan as changed achieves of the objective of `ailment`, in its scenario.
[[nodiscard]] Reached reached(const Changed& changed, const Ailment& ailment, Id<model::Scenario> scenario);

}  // namespace muster::mend
