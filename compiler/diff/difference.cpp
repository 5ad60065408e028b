#include "compiler/diff/difference.h"

#include <algorithm>
#include <array>
#include <map>

#include "compiler/diff/declarations_json.h"
#include "compiler/diff/outcomes.h"

namespace muster::diff {
namespace {

using diagnostics::Diagnostic;

// What is found again under this, whatever files are called and numbers have become.
using Key = std::array<std::string, 5>;

Key key_of(const Diagnostic& finding) {
    return {std::string(finding.entry.code), finding.subject.kind, finding.subject.name, finding.scenario,
            finding.subject.name.empty() ? finding.message : ""};
}

// Of `findings` those that are not in `others`, which may have each of them as often.
std::vector<Diagnostic> without(const std::vector<Diagnostic>& findings, const std::vector<Diagnostic>& others) {
    std::map<Key, int> left;
    for (const Diagnostic& finding : others) ++left[key_of(finding)];
    std::vector<Diagnostic> rest;
    for (const Diagnostic& finding : findings)
        if (left[key_of(finding)]-- <= 0) rest.push_back(finding);
    return rest;
}

std::vector<Diagnostic> renamed(std::vector<Diagnostic> findings, const Renames& renames) {
    for (Diagnostic& finding : findings) {
        finding.subject.name = renames.now(finding.subject.kind, finding.subject.name);
        finding.scenario = renames.now("scenario", finding.scenario);
    }
    return findings;
}

}  // namespace

std::string_view sense_name(Sense sense) {
    constexpr std::array<std::string_view, 3> names{"", "loosened", "tightened"};
    return names.at(static_cast<std::size_t>(sense));
}

std::string_view how_name(Declaration::How how) {
    constexpr std::array<std::string_view, 4> names{"gone", "new", "renamed", "changed"};
    return names.at(static_cast<std::size_t>(how));
}

std::string_view turn_name(Turn turn) {
    constexpr std::array<std::string_view, 4> names{"", "newly missed", "newly met", "no longer judged"};
    return names.at(static_cast<std::size_t>(turn));
}

std::size_t Difference::count(Turn turn) const {
    return static_cast<std::size_t>(std::count_if(outcomes.begin(), outcomes.end(), [&](const Outcome& o) { return o.turn == turn; }));
}

std::size_t Difference::count(Sense sense) const {
    auto number = std::count_if(objectives.begin(), objectives.end(), [&](const Objective& o) { return o.sense == sense; });
    for (const Declaration& declaration : declarations)
        for (const Field& field : declaration.fields) {
            // What holds for services and data has been counted as that.
            const bool counted = (field.what.starts_with("rto") && declaration.kind != "plan") ||
                                 (field.what.starts_with("rpo") && declaration.kind != "plan");
            number += field.sense == sense && !counted ? 1 : 0;
        }
    return static_cast<std::size_t>(number);
}

Difference compare(const Side& before, const Side& after) {
    Difference out;
    out.declarations = changed_declarations(before.plan, after.plan);
    const Renames renames(out.declarations);
    out.objectives = changed_objectives(before, after, renames);
    out.outcomes = changed_outcomes(before, after, renames);
    const std::vector<Diagnostic> earlier = renamed(before.findings, renames);
    out.new_findings = without(after.findings, earlier);
    out.gone_findings = without(earlier, after.findings);
    return out;
}

}  // namespace muster::diff
