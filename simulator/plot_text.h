// When a service is back, drawn for a terminal.
#pragma once

#include <optional>
#include <string>

#include "simulator/histogram.h"

namespace muster::simulator {

/// For at most 16 moments at even distances up to the time that 99 % do not exceed: how many of `times` fall between the one before and it,
/// as a bar, and the share of all that do not exceed it. The moment from which `objective` is passed is marked. What is never, and what
/// nobody can tell, has a line of its own. Below the line `what`. Needs a count above zero.
[[nodiscard]] std::string plot(const std::string& what, const Histogram& times, const std::optional<Time>& objective,
                               const std::string& objective_name);

}  // namespace muster::simulator
