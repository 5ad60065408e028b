// What would mend the objectives that a plan misses, found by trying it.
#pragma once

#include "cli/input.h"

namespace muster::cli {

/// Adds to the help of findings that an objective is missed what `muster mend` finds: the smallest change of one kind that meets it. Of
/// those that are shown first, ten, and where the plan has at most 500 services: of a larger one every try costs noticeably, and
/// `muster mend` is there for it.
void add_remedies(Input& input, const Common& common);

}  // namespace muster::cli
