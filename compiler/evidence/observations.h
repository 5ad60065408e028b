// What a run has measured, under the names by which a plan asks for it.
#pragma once

#include <string>
#include <vector>

#include "compiler/evidence/lengths.h"
#include "compiler/model/plan.h"

namespace muster::evidence {

struct Observation {
    std::string name;  ///< by which `measured` asks for it
    std::string step;  ///< as the evidence calls it
    Time length{0};
    std::optional<Time> planned;  ///< in planning values; nothing where the plan does not say
    bool asked_for = false;       ///< the step takes `measured` this
};

struct NotMeasured {
    std::string step;
    std::string why;
};

struct Observations {
    std::vector<Observation> all;
    std::vector<NotMeasured> left_out;
};

/// The steps of `run` that `plan` has, and the restores of its drills: `nightly of orders`. What a step is measured as is what its
/// `takes measured "…"` says, else `procedure.step`.
[[nodiscard]] Observations observations_of(const model::Plan& plan, const Run& run);

}  // namespace muster::evidence
