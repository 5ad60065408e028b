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

/// The candidate that `written` is a slip of the finger from, where that is beyond doubt: the only one within one edit, with none of five
/// letters or more within two; longer than four letters; no digit in what differs; and the words of the name (between `-` and `_`) that
/// differ have four letters or more, since `zone-b` is no misspelt `zone-a`. Nothing otherwise.
[[nodiscard]] std::optional<std::string> slip_of(std::string_view written, std::span<const std::string> candidates);

}  // namespace muster::support
