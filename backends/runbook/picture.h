// A runbook in pictures.
#pragma once

#include "backends/page/page.h"
#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// The steps along the clock, procedure by procedure, with the RTOs; steps without planned times are left out; empty where none has
/// them.
[[nodiscard]] page::Picture gantt_of(const Itinerary& itinerary);

/// Which step waits for which.
[[nodiscard]] page::Picture graph_of(const Itinerary& itinerary);

}  // namespace muster::backends::runbook
