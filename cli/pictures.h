// Pictures of a simulation as files.
#pragma once

#include "cli/input.h"
#include "simulator/picture.h"

namespace muster::cli {

/// Writes the pictures of `result` to `folder`, which is made where it is not there, all of them or none. Complains where it cannot.
[[nodiscard]] bool write_pictures(const Input& input, const simulator::Result& result, const simulator::Options& options,
                                  const std::string& folder);

}  // namespace muster::cli
