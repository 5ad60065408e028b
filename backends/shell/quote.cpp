#include "backends/shell/quote.h"

#include <fmt/format.h>

#include "compiler/support/utf8.h"

namespace muster::backends::shell {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// Letters of two bytes, such as ü, are left readable; what is longer holds typographic quotes, odd spaces and marks of direction.
bool is_doubtful(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0xC2 || byte >= 0xE0;
}

bool needs_escapes(std::string_view text) {
    for (const char c : text)
        if (is_control(c) || is_doubtful(c)) return true;
    // A backslash before a quote reads as if it escaped the quote.
    return text.find("\\'") != std::string_view::npos || text.ends_with('\\');
}

std::string escaped(char c) {
    if (c == '\n') return "\\n";
    if (c == '\t') return "\\t";
    if (c == '\'' || c == '\\') return {'\\', c};
    if (is_control(c) || static_cast<unsigned char>(c) >= 0x80) return fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    return {c};
}

}  // namespace

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
