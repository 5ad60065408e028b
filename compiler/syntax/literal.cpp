#include "compiler/syntax/literal.h"

#include <algorithm>

#include "compiler/syntax/roles.h"

namespace muster::syntax {
namespace {

using ast::Kind;
using P = MusterPlanParser;

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        const char escape = text[++i];
        out += escape == 'n' ? '\n' : escape == 't' ? '\t' : escape;
    }
    return out;
}

std::string_view without_common_start(std::string_view line, std::string_view indentation) {
    std::size_t n = 0;
    while (n < line.size() && n < indentation.size() && line[n] == indentation[n]) ++n;
    return line.substr(n);
}

// `written` runs from """ to """, each alone on its line.
std::string block_value(std::string_view written) {
    std::string_view inside = written.substr(written.find('\n') + 1);
    inside.remove_suffix(3);
    const std::size_t last_line = inside.rfind('\n') + 1;
    const std::string_view indentation = inside.substr(last_line);
    inside = inside.substr(0, last_line);
    std::string out;
    while (!inside.empty()) {
        const std::size_t end = inside.find('\n');
        std::string_view line = without_common_start(inside.substr(0, end), indentation);
        if (line.ends_with('\r')) line.remove_suffix(1);
        out += line;
        out += '\n';
        inside.remove_prefix(end + 1);
    }
    if (!out.empty()) out.pop_back();
    return out;
}

}  // namespace

Kind literal_kind(std::size_t token_type) {
    switch (token_type) {
        case P::STRING:
        case P::TEXT: return Kind::text;
        case P::NUMBER: return Kind::number;
        case P::PERCENT: return Kind::percent;
        case P::DURATION: return Kind::duration;
        case P::SIZE: return Kind::size;
        case P::RATE: return Kind::rate;
        case P::DATE: return Kind::date;
        case P::DATETIME: return Kind::datetime;
        case P::TIME: return Kind::time;
        default: return Kind::keyword;
    }
}

std::string text_value(std::string_view written) {
    if (written.starts_with("\"\"\"")) return block_value(written);
    const std::string_view inside = written.substr(1, written.size() - 2);
    return written.front() == '\'' ? std::string(inside) : unescaped(inside);
}

}  // namespace muster::syntax
