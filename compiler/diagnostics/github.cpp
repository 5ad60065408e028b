#include "compiler/diagnostics/github.h"

#include "compiler/diagnostics/text.h"
#include "compiler/support/utf8.h"

namespace muster::diagnostics {
namespace {

// The message of a command ends with the line, so that these three have to be escaped.
std::string_view escape_of(char c, bool in_property) {
    switch (c) {
        case '%': return "%25";
        case '\r': return "%0D";
        case '\n': return "%0A";
        case ':': return in_property ? "%3A" : "";
        case ',': return in_property ? "%2C" : "";
        default: return "";
    }
}

std::string escaped(std::string_view text, bool in_property) {
    std::string out;
    for (const char c : text) {
        const std::string_view escape = escape_of(c, in_property);
        if (escape.empty()) out += c;
        else out += escape;
    }
    return out;
}

std::string property(std::string_view text) { return escaped(support::printable(text), true); }

// GitHub takes columns only where the place begins and ends on one line.
std::string place(const support::Span& span, const support::Sources& sources) {
    std::string out = "file=" + property(sources[span.file].path());
    if (span.begin.line == 0) return out;
    out += fmt::format(",line={},endLine={}", span.begin.line, span.end.line);
    if (span.begin.line == span.end.line) out += fmt::format(",col={},endColumn={}", span.begin.column, span.end.column);
    return out;
}

std::string command(const Diagnostic& d, const support::Sources& sources) {
    const std::string_view kind = d.entry.severity == Severity::note ? "notice" : severity_name(d.entry.severity);
    std::string text = support::printable(d.message);
    for (const std::string& line : also_lines(d)) text += "\nalso: " + support::printable(line);
    if (!d.help.empty()) text += "\nhelp: " + support::printable(d.help);
    return fmt::format("::{} {},title={}::{}\n", kind, place(d.primary.span, sources),
                       property(fmt::format("{} {}", d.entry.code, d.entry.name)), escaped(text, false));
}

}  // namespace

std::string render_github(const std::vector<Diagnostic>& diagnostics, const support::Sources& sources) {
    std::string out;
    for (const Diagnostic& d : diagnostics) out += command(d, sources);
    return out;
}

}  // namespace muster::diagnostics
