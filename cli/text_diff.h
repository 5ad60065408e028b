// What a change of a text file is, as `diff -u` shows it and `patch` applies it.
#pragma once

#include <string>
#include <string_view>

namespace muster::cli {

/// The unified diff from `before` to `after`, both the content of the file called `name`, with three lines of context; empty where
/// they are equal.
[[nodiscard]] std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace muster::cli
