// What would mend the objectives that a plan misses, found by trying it.
#pragma once

#include "cli/input.h"

namespace muster::cli {

/// Adds to the help of findings that an objective is missed what `muster mend` finds: the smallest change of one kind that meets it. Of
/// those that are shown first, ten at most, and as far as that takes no more than a few hundredths of a second: in a large plan every try
/// costs more, and `muster mend` is there for the rest.
void add_remedies(Input& input);

}  // namespace muster::cli
