// What a step of a runbook waits for, and what it takes up while it lasts.
#pragma once

#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// Sets `after` of every stop: the steps that the plan puts before it, and those that bring about what it needs (a service, a site, a
/// copy). A step that waits for itself is `impossible`, and the link that closes the circle left out.
void link(Itinerary& itinerary);

/// The people, places and tools that `step` takes up: `role:dba`, `site:dr`, `tool:registry`.
[[nodiscard]] std::vector<std::string> holds_of(const model::Plan& plan, const model::Step& step);

/// How many steps at a time may hold each of these: of the roles, and of the sites and tools that say how many.
[[nodiscard]] std::map<std::string, std::int64_t> pools_of(const Itinerary& itinerary);

}  // namespace muster::backends::runbook
