// What moved between two estimates, for other programs.
#pragma once

#include <nlohmann/json.hpp>

#include "compiler/analysis/moved.h"

namespace muster::analysis {

/// The object under `what_if` of the document of `estimate`, as docs/json.md has it.
[[nodiscard]] nlohmann::ordered_json moved_json(const std::vector<Moved>& moved, const std::vector<std::string>& changes);

}  // namespace muster::analysis
