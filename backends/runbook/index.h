// The page that says which runbook is for what.
#pragma once

#include <string>
#include <vector>

#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// From what is seen (a detector that fires, something that has failed) to the runbook.
[[nodiscard]] std::string index_of(const model::Plan& plan, const std::vector<Itinerary>& itineraries);

}  // namespace muster::backends::runbook
