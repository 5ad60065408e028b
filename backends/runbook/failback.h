// The way back: how what a recovery has moved returns to where the plan has it.
#pragma once

#include <vector>

#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// The plan with a procedure that leads back for every scenario whose recovery moves something, and that procedure as a scenario of
/// its own, so that whatever is made of a recovery can be made of it.
struct Failbacks {
    struct Way {
        std::string after;            ///< the file name of the scenario that it follows
        analysis::Estimate estimate;  ///< its schedule alone: one step after the other, from 0
    };
    model::Plan plan;
    std::vector<Way> ways;  ///< in order of `itineraries`
};

/// Derived from `itineraries`, which are those of `plan`: each replica that was promoted, each service that was started at its standby,
/// each name and traffic that was switched, and each `undo` of a step. First the data follows again at home, then people agree, then
/// what writes is stopped, the last write has arrived, and all is promoted, started and switched at home; afterwards the standby is
/// made anew. A scenario whose recovery moves nothing has no way back. A step takes what its counterpart in the recovery takes; data
/// is copied at the slower of the link and of what it is loaded at. A step of which the plan does not say how long it takes counts with
/// nothing.
[[nodiscard]] Failbacks failbacks_of(const model::Plan& plan, const std::vector<Itinerary>& itineraries);

/// The itinerary of `way`, which refers to `failbacks`.
[[nodiscard]] Itinerary itinerary_of(const Failbacks& failbacks, const Failbacks::Way& way);

}  // namespace muster::backends::runbook
