// Parts of a runbook's page.
#pragma once

#include <optional>
#include <string>

#include "backends/page/page.h"
#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// "3m", "never"; "unknown" where there is none.
[[nodiscard]] std::string time_text(const std::optional<Time>& time);

/// What is known of a step before what it does: who, where, how long, after what, and when not.
[[nodiscard]] page::Bullets fields_of(const Stop& stop);

/// The roles that have a part, who declares among them, with how each is reached and who comes next.
[[nodiscard]] page::Table people_of(const Itinerary& itinerary);

/// Of a failback: for how long services are away, and between which steps. Empty where nothing is stopped.
[[nodiscard]] std::string interruption(const Itinerary& itinerary);

}  // namespace muster::backends::runbook
