// "Did you mean": the name that a misspelt one was probably meant to be.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace muster::support {

/// The candidate nearest to `written` by edits (a swap of neighbours counts as one), where it is near enough to be
/// what was meant: at most one edit for every three letters of `written`, and at least one. Nothing otherwise, and for a
/// single letter or more than a hundred.
/// Of several equally near the first wins.
[[nodiscard]] std::optional<std::string> closest(std::string_view written, std::span<const std::string> candidates);

}  // namespace muster::support
