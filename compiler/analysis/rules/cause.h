// What findings have in common: those of one cause are shown as one.
#pragma once

#include <string>

#include "compiler/analysis/estimate.h"

namespace muster::analysis::rules {

/// What has become of the copies in `rows`: "`standby` followed the damage; `nightly in vault` is lost".
[[nodiscard]] std::string what_is_left(const model::Plan& plan, const std::vector<CopyOutcome>& rows);

/// Whether `data` has copies, none of which can be used, and cannot be rebuilt.
[[nodiscard]] bool leaves_nothing(const model::Plan& plan, const Estimate& e, support::Id<model::Dataset> data);

/// The cause of whatever is missed because none of `rows` can be used, in whichever scenario.
[[nodiscard]] std::string no_copy_left(const model::Plan& plan, const std::vector<CopyOutcome>& rows);

/// The cause of whatever is missed because `node` never happens: no copy left for the step at the root of that, or what else is there.
[[nodiscard]] std::string cause_of_never(const model::Plan& plan, const Estimate& e, NodeId node);

}  // namespace muster::analysis::rules
