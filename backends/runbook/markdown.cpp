#include "backends/runbook/markdown.h"

#include <algorithm>

#include "compiler/support/utf8.h"

namespace muster::backends::runbook {
namespace {

std::size_t longest_row_of_backticks(std::string_view text) {
    std::size_t longest = 0;
    std::size_t row = 0;
    for (const char c : text) {
        row = c == '`' ? row + 1 : 0;
        longest = std::max(longest, row);
    }
    return longest;
}

std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return support::printable(line);
}

}  // namespace

std::string markdown_text(std::string_view text) {
    constexpr std::string_view active = "\\`*_[]|~#$!";
    std::string safe;
    for (const char c : one_line(text)) {
        if (c == '<') safe += "&lt;";
        else if (c == '>') safe += "&gt;";
        else if (c == '&') safe += "&amp;";
        else if (active.find(c) != std::string_view::npos) safe += {'\\', c};
        else safe += c;
    }
    return safe;
}

std::string fenced(std::string_view language, std::string_view content) {
    const std::string fence(std::max<std::size_t>(3, longest_row_of_backticks(content) + 1), '`');
    std::string text = fence + std::string(language) + "\n";
    while (!content.empty()) {
        const std::size_t end = std::min(content.find('\n'), content.size());
        text += support::printable(content.substr(0, end)) + "\n";
        content.remove_prefix(std::min(end + 1, content.size()));
    }
    return text + fence + "\n";
}

std::string mermaid_text(std::string_view text) {
    std::string safe;
    for (const char c : one_line(text)) {
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        safe += letter || c == '.' || c == '_' || c == '-' ? c : ' ';
    }
    return safe;
}

}  // namespace muster::backends::runbook
