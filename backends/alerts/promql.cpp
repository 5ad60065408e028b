#include "backends/alerts/promql.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::backends::alerts {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_identifier(std::string_view text) {
    return !text.empty() && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

}  // namespace

std::string promql_quote(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += std::string{'\\', c};
        else if (c == '\n') quoted += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        else quoted += c;
    }
    return quoted + "\"";
}

std::string template_text(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool opens = text.substr(i, 2) == "{{";
        out += opens ? std::string("{{ \"{{\" }}") : std::string{text[i]};
        if (opens) ++i;
    }
    return out;
}

std::string promql_duration(support::Time time) { return support::format_duration(time); }

std::string alert_name(const std::string& wanted, const std::string& otherwise) {
    if (is_identifier(wanted)) return wanted;
    std::string name;
    bool begins = true;
    for (const char c : otherwise) {
        const bool part = is_letter(c) || is_digit(c);
        if (part) name += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        begins = !part;
    }
    return is_identifier(name) ? name : "Alert" + name;
}

}  // namespace muster::backends::alerts
