// The runbook as a bash script.
#pragma once

#include <string>

#include "backends/runbook/itinerary.h"
#include "compiler/support/source.h"

namespace muster::backends::runbook {

/// The whole script: what the plan says of each step, then the runner that every runbook carries.
[[nodiscard]] std::string script_of(const Itinerary& itinerary, const support::Sources& sources);

}  // namespace muster::backends::runbook
