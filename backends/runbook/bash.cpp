#include "backends/runbook/bash.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::backends::runbook {
namespace {

unsigned byte_at(std::string_view text, std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; }

bool is_control(unsigned byte) { return byte < 0x20 || byte == 0x7f; }

// Typographic quotes, wide and zero-width spaces, marks that turn the direction of a line: what looks like something else.
bool is_deceptive(std::string_view text, std::size_t i) {
    const unsigned lead = byte_at(text, i);
    const unsigned next = byte_at(text, i + 1);
    return (lead == 0xC2 && next >= 0x80 && next <= 0xA0) || (lead == 0xE2 && (next == 0x80 || next == 0x81)) || lead == 0xEF;
}

bool needs_escapes(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (is_control(byte_at(text, i)) || is_deceptive(text, i)) return true;
    // A backslash before a quote reads as if it escaped the quote.
    return text.find("\\'") != std::string_view::npos || (!text.empty() && text.back() == '\\');
}

std::string escaped(unsigned byte) {
    switch (byte) {
        case '\n': return "\\n";
        case '\t': return "\\t";
        case '\'': return "\\'";
        case '\\': return "\\\\";
        default: break;
    }
    if (is_control(byte) || byte >= 0x80) return fmt::format("\\x{:02x}", byte);
    return std::string(1, static_cast<char>(byte));
}

bool has_line(std::string_view text, std::string_view line) {
    while (true) {
        const std::size_t end = text.find('\n');
        if (text.substr(0, end) == line) return true;
        if (end == std::string_view::npos) return false;
        text.remove_prefix(end + 1);
    }
}

bool only_plain_lines(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned byte = byte_at(text, i);
        if ((is_control(byte) && byte != '\n' && byte != '\t') || is_deceptive(text, i)) return false;
    }
    return true;
}

}  // namespace

std::string bash_quote(std::string_view text) {
    const bool escapes = needs_escapes(text);
    std::string quoted = escapes ? "$'" : "'";
    for (const char c : text) {
        if (c == '\0') continue;
        if (escapes) quoted += escaped(static_cast<unsigned char>(c));
        else quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return quoted + "'";
}

std::string run_text(std::string_view text) {
    if (!only_plain_lines(text)) return "  run_text <<<" + bash_quote(text) + "\n";
    std::string end = "END_OF_TEXT";
    for (int i = 2; has_line(text, end); ++i) end = fmt::format("END_OF_TEXT_{}", i);
    return fmt::format("  run_text <<'{}'\n{}{}{}\n", end, text, text.empty() || text.back() != '\n' ? "\n" : "", end);
}

std::string variable_part(std::string_view text) {
    std::string part(text);
    std::transform(part.begin(), part.end(), part.begin(), [](char c) {
        if (c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
    });
    return part;
}

}  // namespace muster::backends::runbook
