#include "backends/shell/quote.h"

#include <fmt/format.h>

#include "compiler/support/utf8.h"

namespace muster::backends::shell {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// Typographic quotes, spaces that are wide or have no width, marks that turn the direction of a line, tags that nothing shows.
bool deceives(std::string_view text, std::size_t i) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
    switch (byte(i)) {
        case 0xC2: return (byte(i + 1) >= 0x80 && byte(i + 1) <= 0xA0) || byte(i + 1) == 0xAD;
        case 0xE2: return byte(i + 1) == 0x80 || byte(i + 1) == 0x81;
        case 0xE3: return byte(i + 1) == 0x80 && byte(i + 2) == 0x80;
        case 0xEF:
        case 0xF3: return true;
        default: return false;
    }
}

bool needs_escapes(std::string_view text) {
    // A backslash before a quote reads as if it escaped the quote.
    return !is_plain(text) || text.find_first_of("\n\t") != std::string_view::npos || text.find("\\'") != std::string_view::npos ||
           text.ends_with('\\');
}

std::string escaped(char c) {
    if (c == '\n') return "\\n";
    if (c == '\t') return "\\t";
    if (c == '\'' || c == '\\') return {'\\', c};
    if (is_control(c) || static_cast<unsigned char>(c) >= 0x80) return fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    return {c};
}

}  // namespace

bool is_plain(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((is_control(text[i]) && text[i] != '\n' && text[i] != '\t') || deceives(text, i)) return false;
    return true;
}

std::string quote(std::string_view text) {
    const bool escapes = needs_escapes(text);
    std::string quoted = escapes ? "$'" : "'";
    for (const char c : text) {
        if (c == '\0') continue;
        if (escapes) quoted += escaped(c);
        else quoted += c == '\'' ? std::string("'\\''") : std::string{c};
    }
    return quoted + "'";
}

std::string comment(std::string_view text) {
    std::string lines;
    while (true) {
        const std::size_t end = text.find('\n');
        const std::string line = support::printable(text.substr(0, end));
        lines += line.empty() ? "#\n" : "# " + line + "\n";
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

}  // namespace muster::backends::shell
