// Text of a plan in a generated script: data, never code.
#pragma once

#include <string>
#include <string_view>

namespace muster::backends::shell {

/// `text` as one word of bash that stands for exactly its bytes: in single quotes, or in `$'…'` where it holds control
/// characters or what is not plain. NUL bytes, which bash cannot hold, are left out.
[[nodiscard]] std::string quote(std::string_view text);

/// Whether `text` reads as what it is: no control characters but line ends and tabs, and nothing that an editor, a terminal or a
/// linter takes for something else, such as typographic quotes and spaces without width.
[[nodiscard]] bool is_plain(std::string_view text);

/// `text` as lines of comment, each beginning with `# `: control characters and marks that turn the direction of a line are
/// replaced, so that no line of it leaves the comment.
[[nodiscard]] std::string comment(std::string_view text);

}  // namespace muster::backends::shell
