// What a runbook says before its steps: of the plan, its objectives, messages, and what has to be there.
#pragma once

#include <optional>
#include <string>

#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// The assignments of bash that the runner reads all of that from.
[[nodiscard]] std::string script_data(const Itinerary& itinerary);

/// Text for people: on a terminal it can do no harm, its lines stay lines.
[[nodiscard]] std::string shown(std::string_view text);

/// A time in milliseconds; empty where it is not known, or never.
[[nodiscard]] std::string ms(const std::optional<Time>& time);

}  // namespace muster::backends::runbook
