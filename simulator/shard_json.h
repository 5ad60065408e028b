// One part of a simulation on its way to where all parts are joined.
#pragma once

#include <string>

#include "compiler/diagnostics/findings_json.h"
#include "compiler/support/result.h"
#include "simulator/simulate.h"

namespace muster::simulator {

/// One part, and all that decides whether it belongs to the others.
struct Shard {
    diagnostics::Provenance of;
    analysis::Instant as_of{};
    std::uint64_t seed = 0;
    std::uint64_t trials = 0;  ///< of each scenario, in all parts
    Part part;
    std::vector<Counts> counts;  ///< by scenario
};

/// The shard as a JSON document of format 1, with a checksum over all the rest.
[[nodiscard]] std::string render_shard(const Shard& shard);

/// The shard that `text` holds. Fails with a clause that says why it is none: cut off, changed, or of another format.
[[nodiscard]] support::Result<Shard> parse_shard(const std::string& text);

}  // namespace muster::simulator
