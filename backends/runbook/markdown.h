// Text of a plan in Markdown and in Mermaid, where it stays text.
#pragma once

#include <string>
#include <string_view>

namespace muster::backends::runbook {

/// `text` on one line, with everything escaped that Markdown or HTML would act upon. `text` is well-formed UTF-8.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// `content` in a fence that is longer than any row of backticks in it, so that nothing in it ends the fence.
[[nodiscard]] std::string fenced(std::string_view language, std::string_view content);

/// `text` as a label of Mermaid: letters, digits, spaces, `.`, `_` and `-` stay, all else becomes a space.
[[nodiscard]] std::string mermaid_text(std::string_view text);

}  // namespace muster::backends::runbook
