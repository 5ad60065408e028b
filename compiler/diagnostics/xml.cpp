#include "compiler/diagnostics/xml.h"

#include "compiler/support/utf8.h"

namespace muster::diagnostics {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// U+FFFE and U+FFFF are UTF-8 and no characters of XML 1.0 (section 2.2).
bool is_no_character(std::string_view text) { return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF"); }

std::string_view escape_of(char c) {
    switch (c) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        case '\'': return "&apos;";
        default: return "";
    }
}

}  // namespace

std::string xml_text(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view escape = escape_of(text[i]);
        if (is_no_character(text.substr(i))) {
            out += replacement;
            i += 2;
        } else if (escape.empty()) {
            out += text[i];
        } else {
            out += escape;
        }
    }
    return out;
}

std::string xml_attribute(std::string_view text) { return xml_text(support::printable(text)); }

}  // namespace muster::diagnostics
