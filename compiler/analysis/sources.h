// Which copy a restore or a promotion gets its data from.
#pragma once

#include "compiler/analysis/recovery.h"

namespace muster::analysis {

/// The sources of what `step` writes, one for each dataset; empty for a step that writes no data. Of several copies that the
/// step may use, the usable one that loses least, then the one of the shortest retrieval.
[[nodiscard]] std::vector<Source> sources_of(const model::Plan& plan, Id<model::Step> step,
                                             const std::vector<std::vector<CopyOutcome>>& copies);

/// The transfer of all `sources` of one restore, one after the other, with the longest of their retrievals. A copy that says its own
/// size is read once, whatever is taken out of it.
[[nodiscard]] Transfer transfer_of(const model::Plan& plan, const std::vector<Source>& sources, const Schedules& schedules);

}  // namespace muster::analysis
