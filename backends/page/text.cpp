#include "backends/page/text.h"

#include <algorithm>

#include "compiler/support/utf8.h"

namespace muster::backends::page {
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

// Space around a line means something to Markdown, and nothing to the text.
std::string without_margin(const std::string& line) {
    const std::size_t begin = line.find_first_not_of(' ');
    return begin == std::string::npos ? std::string() : line.substr(begin, line.find_last_not_of(' ') + 1 - begin);
}

// How many bytes at the start of `line` would begin a list, a rule or the underline of a heading, of which the last is to be escaped.
std::size_t opens_block(const std::string& line) {
    if (line.empty()) return 0;
    if (line[0] == '-' || line[0] == '+' || line[0] == '=') return 1;
    const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
    return digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')') ? digits + 1 : 0;
}

}  // namespace

std::string markdown_text(std::string_view text) {
    constexpr std::string_view active = "\\`*_[]|~#$!";
    std::string safe;
    for (const char c : without_margin(one_line(text))) {
        if (c == '<') safe += "&lt;";
        else if (c == '>') safe += "&gt;";
        else if (c == '&') safe += "&amp;";
        else if (active.find(c) != std::string_view::npos) safe += {'\\', c};
        else safe += c;
    }
    return safe;
}

std::string markdown_start(std::string_view text) {
    std::string safe = markdown_text(text);
    if (const std::size_t opening = opens_block(safe); opening > 0) safe.insert(opening - 1, "\\");
    return safe;
}

std::string html_text(std::string_view text) {
    std::string safe;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        for (const char c : support::printable(text.substr(at, end - at))) {
            if (c == '<') safe += "&lt;";
            else if (c == '>') safe += "&gt;";
            else if (c == '&') safe += "&amp;";
            else if (c == '"') safe += "&quot;";
            else if (c == '\'') safe += "&#39;";
            else safe += c;
        }
        if (end < text.size()) safe += '\n';
        at = end + 1;
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

}  // namespace muster::backends::page
