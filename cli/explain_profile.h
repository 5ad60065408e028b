// `muster explain profile`: the figures that ship.
#pragma once

#include <string>

#include "cli/options.h"

namespace muster::cli {

/// Prints the figures of the standard profile `name` with their values and sources, or all profiles where it is empty. Returns the exit
/// code.
[[nodiscard]] int explain_profile(const std::string& name);

}  // namespace muster::cli
