// The runbook as a page for a person.
#pragma once

#include "backends/page/page.h"
#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// The same steps as the script's: who, what, expected time, command, how to check; with pictures, and how its people are reached.
[[nodiscard]] page::Page twin_of(const Itinerary& itinerary);

}  // namespace muster::backends::runbook
