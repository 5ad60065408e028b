// Text of a plan in Markdown, HTML and Mermaid, where it stays text.
#pragma once

#include <string>
#include <string_view>

namespace muster::backends::page {

/// `text` on one line, with everything escaped that Markdown or HTML would act upon within a line. `text` is well-formed UTF-8.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// The same where a paragraph or an item of a list begins: nor does it begin a list, a rule or a heading.
[[nodiscard]] std::string markdown_start(std::string_view text);

/// `text` as HTML, within an element or an attribute in double quotes. Lines stay lines. `text` is well-formed UTF-8.
[[nodiscard]] std::string html_text(std::string_view text);

/// `content` in a fence that is longer than any row of backticks in it, so that nothing in it ends the fence.
[[nodiscard]] std::string fenced(std::string_view language, std::string_view content);

/// `text` as a label of Mermaid: letters, digits, spaces, `.`, `_` and `-` stay, all else becomes a space.
[[nodiscard]] std::string mermaid_text(std::string_view text);

}  // namespace muster::backends::page
