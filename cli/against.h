// Two plans side by side.
#pragma once

#include <string>
#include <vector>

#include "cli/input.h"

namespace muster::cli {

/// In words: that `after` was compared with `before`, called by their paths, and which scenarios, services and data only one of them has,
/// which cannot be compared.
[[nodiscard]] std::vector<std::string> what_differs(const Input& before, const Input& after, const std::string& before_path,
                                                    const std::string& after_path);

}  // namespace muster::cli
