// Where the tests find the plans of the tree.
#pragma once

#include <string>

namespace muster {

/// The folder of the project's sources. It stands in one object file, so that all others are the same in every checkout, and cached.
[[nodiscard]] std::string project_root();

}  // namespace muster
