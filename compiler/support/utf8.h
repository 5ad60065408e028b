// The little of UTF-8 that reading and showing a plan needs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace muster::support {

/// The offset of the first byte that is not well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms); nothing if all is.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// How many code points well-formed `text` holds.
[[nodiscard]] std::size_t code_points(std::string_view text);

/// `text` without what could drive a terminal or reorder a line: control characters and bidirectional overrides
/// become U+FFFD, as does every byte that is not UTF-8; a tab becomes one space.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace muster::support
