// What the texts about simulations have in common.
#pragma once

#include <string>
#include <vector>

#include "simulator/histogram.h"

namespace muster::simulator {

/// Rows of equally many cells, the headings first, as lines of aligned columns and an empty one: names to the left, in the first column,
/// the others to the right.
[[nodiscard]] std::string table(const std::vector<std::vector<std::string>>& rows);

/// A time from a second on in whole seconds, rounded up, so that nothing looks better than it is: "38m12s", "never", "unknown".
[[nodiscard]] std::string rounded_up(Time time);

/// Hundredths of a percent, rounded down: 10'000 where all of them are.
[[nodiscard]] std::uint64_t hundredths_down(std::uint64_t hits, std::uint64_t of);

/// A share as "12.34%", rounded down.
[[nodiscard]] std::string share_down(std::uint64_t hits, std::uint64_t of);

/// The same, rounded up.
[[nodiscard]] std::string share_up(std::uint64_t hits, std::uint64_t of);

}  // namespace muster::simulator
