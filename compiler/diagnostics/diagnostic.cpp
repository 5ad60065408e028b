#include "compiler/diagnostics/diagnostic.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "compiler/support/hash.h"

namespace muster::diagnostics {
namespace {

auto key(const Diagnostic& diagnostic) {
    return std::tie(diagnostic.primary.span, diagnostic.entry.code, diagnostic.scenario, diagnostic.message);
}

// Of a member of a family, `zone-loss[main/a]`, the family: which member is the worst may change.
std::string declared_name(const std::string& scenario) { return scenario.substr(0, scenario.find('[')); }

std::string_view trimmed(std::string_view line) {
    const auto first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return line.substr(first, line.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::string fingerprint(const Diagnostic& diagnostic, const support::Sources& sources) {
    const auto& span = diagnostic.primary.span;
    const auto& source = sources[span.file];
    std::string identity = std::string(diagnostic.entry.code) + '\n' + source.path() + '\n' + declared_name(diagnostic.scenario) + '\n';
    if (diagnostic.subject.name.empty()) identity += trimmed(source.line(span.begin.line));
    else identity += diagnostic.subject.kind + ' ' + diagnostic.subject.name;
    return support::sha256(identity).substr(0, 16);
}

bool stands_before(const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); }

Diagnostic& Sink::add(Diagnostic diagnostic) { return found_.emplace_back(std::move(diagnostic)); }

void Sink::take(Sink other) { std::move(other.found_.begin(), other.found_.end(), std::back_inserter(found_)); }

bool Sink::has_errors() const {
    return std::any_of(found_.begin(), found_.end(), [](const Diagnostic& d) { return d.entry.severity == Severity::error; });
}

std::vector<Diagnostic> Sink::sorted() const {
    std::vector<Diagnostic> all = found_;
    std::stable_sort(all.begin(), all.end(), stands_before);
    all.erase(std::unique(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); }), all.end());
    return all;
}

}  // namespace muster::diagnostics
