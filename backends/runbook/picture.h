// A runbook in pictures, as Mermaid draws them.
#pragma once

#include <string>

#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// The steps along the RTO clock, procedure by procedure; steps without planned times are left out; empty where none
/// has them.
[[nodiscard]] std::string gantt_of(const Itinerary& itinerary);

/// Which step waits for which.
[[nodiscard]] std::string graph_of(const Itinerary& itinerary);

}  // namespace muster::backends::runbook
