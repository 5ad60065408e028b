// Disasters that are under way together: their recoveries share people, tools and bandwidth.
#pragma once

#include <vector>

#include "simulator/rehearsal.h"

namespace muster::simulator {

/// One of them.
struct Incident {
    const Rehearsal* rehearsal = nullptr;
    Draws draws;
    Instant t0{};    ///< when it strikes
    Time offset{0};  ///< the same, since the first of them
};

/// What each of `incidents`, all of one plan and in order of `offset`, comes to where one schedule serves all: whoever is free is offered
/// to what is ready in any of them, by the priority that it has in its own, and of equal ones to the earlier incident. What nobody shares
/// is as if each were alone, and alone each is the trial with its draws at its moment.
[[nodiscard]] std::vector<Outcome> outcomes(const std::vector<Incident>& incidents);

}  // namespace muster::simulator
