// What an itinerary is to reach, and what it has to be told first.
#pragma once

#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// Adds a goal for every service that the scenario takes away or that a stop brings back, with the stops that complete it.
void add_goals(Itinerary& itinerary);

/// Adds what its procedures ask, each once, and the moment to which damaged data goes back, where a stop needs that.
void add_asks(Itinerary& itinerary);

}  // namespace muster::backends::runbook
