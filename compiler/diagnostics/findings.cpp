#include "compiler/diagnostics/findings.h"

#include <algorithm>

namespace muster::diagnostics {
namespace {

bool is_worse(const Diagnostic& finding, const Known& known) {
    return known.achieved && (!finding.achieved || *finding.achieved > *known.achieved);
}

// What the baseline has against `finding`, taken out of it.
std::optional<Known> take(std::multimap<std::string, Known>& baseline, const std::string& fingerprint) {
    const auto found = baseline.find(fingerprint);
    if (found == baseline.end()) return std::nullopt;
    Known known = std::move(found->second);
    baseline.erase(found);
    return known;
}

}  // namespace

std::size_t Findings::suppressed_by(Suppressed::By by) const {
    return static_cast<std::size_t>(std::count_if(suppressed.begin(), suppressed.end(), [by](const Suppressed& s) { return s.by == by; }));
}

void set_severities(Findings& findings, const Severities& severities) {
    std::vector<Diagnostic> kept;
    for (Diagnostic& finding : findings.counted) {
        const auto chosen = severities.find(finding.entry.code);
        if (chosen != severities.end() && !chosen->second) {
            ++findings.off;
            continue;
        }
        if (chosen != severities.end()) finding.entry.severity = *chosen->second;
        kept.push_back(std::move(finding));
    }
    findings.counted = std::move(kept);
}

void compare_with_baseline(Findings& findings, std::vector<Known> baseline, const support::Sources& sources) {
    std::multimap<std::string, Known> open;
    for (Known& known : baseline) {
        std::string fingerprint = known.fingerprint;
        open.emplace(std::move(fingerprint), std::move(known));
    }
    std::vector<Diagnostic> counted;
    for (Diagnostic& finding : findings.counted) {
        const auto known = take(open, fingerprint(finding, sources));
        if (known && !is_worse(finding, *known)) {
            findings.suppressed.push_back({std::move(finding), Suppressed::By::baseline, ""});
            continue;
        }
        if (known) finding.message += fmt::format("; the baseline knows it with {}", support::format_duration(*known->achieved));
        counted.push_back(std::move(finding));
    }
    findings.counted = std::move(counted);
    for (auto& [fingerprint, known] : open) findings.gone.push_back(std::move(known));
    std::stable_sort(findings.gone.begin(), findings.gone.end(),
                     [](const Known& a, const Known& b) { return std::tie(a.code, a.about) < std::tie(b.code, b.about); });
}

std::string about(const Diagnostic& diagnostic) {
    if (diagnostic.subject.name.empty()) return diagnostic.message;
    const std::string in = diagnostic.scenario.empty() ? "" : " in " + diagnostic.scenario;
    return diagnostic.subject.kind + " " + diagnostic.subject.name + in;
}

}  // namespace muster::diagnostics
