#include "compiler/diagnostics/text.h"

#include <algorithm>

#include "compiler/support/utf8.h"

namespace muster::diagnostics {
namespace {

using support::Sources;
using support::Span;

constexpr std::size_t widest_excerpt = 160;  // code points of a line that are shown
constexpr std::size_t most_also = 6;         // other objectives that the same cause breaks that are named
constexpr std::size_t context_before = 40;   // of them before the place, when the line has to be cut

struct Palette {
    std::string_view severity, strong, rule, off;
};

Palette palette(Severity severity, bool colour) {
    if (!colour) return {};
    const std::string_view hue = severity == Severity::error ? "\x1b[1;31m" : severity == Severity::warning ? "\x1b[1;33m" : "\x1b[1;36m";
    return {hue, "\x1b[1m", "\x1b[34m", "\x1b[0m"};
}

// The part of `text` from code point `from`, `count` code points long.
std::string_view slice(std::string_view text, std::size_t from, std::size_t count) {
    const auto offset = [text](std::size_t wanted) {
        std::size_t byte = 0;
        for (std::size_t seen = 0; byte < text.size(); ++byte)
            if ((static_cast<unsigned char>(text[byte]) & 0xC0) != 0x80 && seen++ == wanted) break;
        return byte;
    };
    const std::size_t begin = offset(from);
    return text.substr(begin, offset(from + count) - begin);
}

struct Excerpt {
    std::string line;
    std::size_t indent;  // columns before the mark
    std::size_t width;   // of the mark
};

Excerpt excerpt(const Sources& sources, const Span& span) {
    const std::string_view line = sources[span.file].line(span.begin.line);
    const std::size_t length = support::code_points(line);
    const std::size_t column = span.begin.column == 0 ? 0 : span.begin.column - 1;
    const std::size_t start = length > widest_excerpt && column > context_before ? column - context_before : 0;
    const std::string_view shown = slice(line, start, widest_excerpt);
    const std::size_t end = span.end.line == span.begin.line ? span.end.column - 1 : length;
    const std::size_t room = support::code_points(shown) - std::min(support::code_points(shown), column - start);
    const std::size_t width = std::clamp<std::size_t>(end > column ? end - column : 1, 1, std::max<std::size_t>(room, 1));
    const std::string lead = start > 0 ? "…" : "";
    return {lead + support::printable(shown) + (start + widest_excerpt < length ? "…" : ""), column - start + (start > 0 ? 1 : 0), width};
}

std::string place(const Sources& sources, const Span& span) {
    std::string text = support::printable(sources[span.file].path());
    if (span.begin.line > 0) text += fmt::format(":{}:{}", span.begin.line, span.begin.column);
    return text;
}

std::string render_label(const Label& label, const Sources& sources, const Palette& colours, std::size_t gutter, bool primary) {
    const std::string bar = fmt::format("{}{: >{}} |{}", colours.rule, "", gutter, colours.off);
    std::string out =
        fmt::format("{}{: >{}}{}{} {}\n", colours.rule, "", gutter, primary ? "-->" : ":::", colours.off, place(sources, label.span));
    if (label.span.begin.line == 0) return out;
    const Excerpt shown = excerpt(sources, label.span);
    out += bar + "\n";
    out += fmt::format("{}{: >{}} |{} {}\n", colours.rule, label.span.begin.line, gutter, colours.off, shown.line);
    out += fmt::format("{} {}{}{}{}{}{}\n", bar, std::string(shown.indent, ' '), primary ? colours.severity : colours.rule,
                       std::string(shown.width, primary ? '^' : '-'), label.text.empty() ? "" : " ", support::printable(label.text),
                       colours.off);
    return out;
}

std::string render_path(const std::vector<Label>& path, const Palette& colours, std::size_t gutter) {
    std::string out;
    for (const Label& part : path)
        out += fmt::format("{}{: >{}} {}{} {}\n", colours.rule, "", gutter, &part == &path.front() ? "= path:" : "       ", colours.off,
                           support::printable(part.text));
    return out;
}

// "service web in region-lost: 1h20m instead of 1h"; of what is never reached or unknown only the objective.
std::string affected(const Affected& one) {
    if (one.subject.kind == "scenario") return "scenario " + (one.scenario.empty() ? one.subject.name : one.scenario);
    std::string out = fmt::format("{} {}", one.subject.kind, one.subject.name);
    if (!one.scenario.empty()) out += " in " + one.scenario;
    if (!one.target) return out;
    const std::string target = support::format_duration(*one.target);
    return out + (one.achieved ? fmt::format(": {} instead of {}", support::format_duration(*one.achieved), target)
                               : fmt::format(": {} wanted", target));
}

std::string render_also(const Diagnostic& diagnostic, const Palette& colours, std::size_t gutter) {
    std::string out;
    for (const std::string& line : also_lines(diagnostic))
        out += fmt::format("{}{: >{}} {}{} {}\n", colours.rule, "", gutter, out.empty() ? "= also:" : "       ", colours.off,
                           support::printable(line));
    return out;
}

std::size_t gutter_of(const Diagnostic& diagnostic) {
    std::uint32_t line = diagnostic.primary.span.begin.line;
    for (const Label& label : diagnostic.related) line = std::max(line, label.span.begin.line);
    return std::to_string(line).size() + 1;
}

}  // namespace

std::vector<std::string> also_lines(const Diagnostic& diagnostic) {
    std::vector<std::string> lines;
    const std::size_t all = diagnostic.also.size();
    for (std::size_t i = 0; i < std::min(all, most_also); ++i) lines.push_back(affected(diagnostic.also[i]));
    if (all > most_also) lines.push_back(fmt::format("and {} more", all - most_also));
    return lines;
}

std::string render_text(const Diagnostic& diagnostic, const Sources& sources, bool colour) {
    const Palette colours = palette(diagnostic.entry.severity, colour);
    const std::size_t gutter = gutter_of(diagnostic);
    std::string out =
        fmt::format("{}{}[{}]{} {}{}{}: {}\n", colours.severity, severity_name(diagnostic.entry.severity), diagnostic.entry.code,
                    colours.off, colours.strong, diagnostic.entry.name, colours.off, support::printable(diagnostic.message));
    out += render_label(diagnostic.primary, sources, colours, gutter, true);
    for (const Label& label : diagnostic.related) out += render_label(label, sources, colours, gutter, false);
    out += render_also(diagnostic, colours, gutter);
    if (!diagnostic.path.empty()) out += render_path(diagnostic.path, colours, gutter);
    if (!diagnostic.help.empty())
        out += fmt::format("{}{: >{}} ={} {}help{}: {}\n", colours.rule, "", gutter, colours.off, colours.strong, colours.off,
                           support::printable(diagnostic.help));
    return out + "\n";
}

std::string summary_text(const Findings& findings) {
    std::string out;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        const auto count = std::count_if(findings.counted.begin(), findings.counted.end(),
                                         [&](const Diagnostic& d) { return d.entry.severity == severity; });
        if (count == 0) continue;
        out += fmt::format("{}{} {}{}", out.empty() ? "" : ", ", count, severity_name(severity), count == 1 ? "" : "s");
    }
    if (findings.counted.empty()) out = "no findings";
    if (const auto waived = findings.suppressed_by(Suppressed::By::waiver); waived > 0) out += fmt::format(", {} waived", waived);
    if (const auto known = findings.suppressed_by(Suppressed::By::baseline); known > 0) out += fmt::format(", {} in the baseline", known);
    if (findings.off > 0) out += fmt::format(", {} turned off", findings.off);
    out += "\n";
    if (!findings.gone.empty()) out += "in the baseline, but found no more; write it anew:\n";
    for (const Known& known : findings.gone) out += support::printable(fmt::format("  {} {}", known.code, known.about)) + "\n";
    return out;
}

}  // namespace muster::diagnostics
