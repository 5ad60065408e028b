#include "compiler/diagnostics/difference.h"

#include <fmt/format.h>

#include <map>

#include "compiler/support/utf8.h"

namespace muster::diagnostics {
namespace {

std::map<std::string, std::size_t> counted(const FindingsOf& findings) {
    std::map<std::string, std::size_t> counts;
    for (const Diagnostic& d : findings.list) ++counts[fingerprint(d, findings.sources)];
    return counts;
}

// Those of `findings` that `others` lacks.
std::vector<Diagnostic> lacking(const FindingsOf& findings, const FindingsOf& others) {
    auto there = counted(others);
    std::vector<Diagnostic> missing;
    for (const Diagnostic& d : findings.list) {
        const auto same = there.find(fingerprint(d, findings.sources));
        if (same == there.end() || same->second == 0) missing.push_back(d);
        else --same->second;
    }
    return missing;
}

std::string line(std::string_view mark, const Diagnostic& d, const support::Sources& sources) {
    return fmt::format("  {} {}[{}] {}:{}:{}: {}\n", mark, severity_name(d.entry.severity), d.entry.code,
                       support::printable(sources[d.primary.span.file].path()), d.primary.span.begin.line, d.primary.span.begin.column,
                       support::printable(d.message));
}

}  // namespace

Difference difference(const FindingsOf& before, const FindingsOf& after, std::vector<std::string> changes) {
    return {std::move(changes), lacking(before, after), lacking(after, before)};
}

std::string render_difference(const Difference& difference, const support::Sources& sources) {
    std::string out = "\nwhat if\n";
    for (const std::string& change : difference.changes) out += fmt::format("  {}\n", support::printable(change));
    out += "\n";
    for (const Diagnostic& d : difference.gone) out += line("gone", d, sources);
    for (const Diagnostic& d : difference.fresh) out += line("new ", d, sources);
    if (difference.gone.empty() && difference.fresh.empty()) return out + "no finding comes or goes\n";
    return out + fmt::format("\n{} gone, {} new\n", difference.gone.size(), difference.fresh.size());
}

}  // namespace muster::diagnostics
