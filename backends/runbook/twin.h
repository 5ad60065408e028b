// The runbook as a page for a person.
#pragma once

#include <string>

#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// The same steps as the script's, in Markdown: who, what, expected time, command, how to check; with pictures.
[[nodiscard]] std::string twin_of(const Itinerary& itinerary);

}  // namespace muster::backends::runbook
