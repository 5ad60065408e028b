// Adds what was measured to the file that a plan takes it from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/evidence/observations.h"

namespace muster::evidence {

/// Whether the run whose last line has the SHA-256 `head` is in the file `text` already. Of an empty text: no. Fails where the text is not
/// a file of measurements.
[[nodiscard]] support::Result<bool> is_recorded(std::string_view text, const std::string& head);

/// The file of measurements `text`, empty where there is none yet, with `observations` of the run `head` of that `date` (ISO) added. What
/// else stands in it stays. Fails where the text is not a file of measurements.
[[nodiscard]] support::Result<std::string> with_observations(std::string_view text, const std::vector<Observation>& observations,
                                                             const std::string& head, const std::string& date);

}  // namespace muster::evidence
