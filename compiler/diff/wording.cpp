#include "compiler/diff/wording.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

namespace muster::diff {
namespace {

using support::format_duration;

std::string time_words(const std::optional<Time>& time) { return time ? format_duration(*time) : "none"; }

// `arrow(a, b)`: what was, and what is where that is something else.
std::string arrow(const std::string& before, const std::string& after) { return before == after ? after : before + " -> " + after; }

// A time that is reached, or why there is none.
std::string achieved_words(const Outcome::At& at) {
    if (at.achieved) return format_duration(*at.achieved);
    return std::string(analysis::verdict_name(at.verdict.value_or(Verdict::unknown)));
}

std::string numbers_of(const Outcome& outcome) {
    if (!outcome.before.verdict) return "now " + achieved_words(outcome.after);
    if (!outcome.after.verdict) return "was " + achieved_words(outcome.before);
    return arrow(achieved_words(outcome.before), achieved_words(outcome.after));
}

std::string objective_words(const Outcome& outcome) {
    const char* name = outcome.kind == "service" ? "RTO" : "RPO";
    const std::string before = outcome.before.objective ? format_duration(*outcome.before.objective) : "none";
    const std::string after = outcome.after.objective ? format_duration(*outcome.after.objective) : "none";
    if (!outcome.before.verdict) return fmt::format("{} {}", name, after);
    if (!outcome.after.verdict) return fmt::format("{} {}", name, before);
    return fmt::format("{} {}", name, arrow(before, after));
}

std::string verdict_words(const Outcome& outcome) {
    const auto name = [](const Outcome::At& at) {
        return at.objective ? std::string(analysis::verdict_name(*at.verdict)) : "no objective";
    };
    if (!outcome.before.verdict) return name(outcome.after);
    if (!outcome.after.verdict) return name(outcome.before) + " -> gone";
    return arrow(name(outcome.before), name(outcome.after));
}

void count(std::string& text, std::size_t number, std::string_view what) {
    if (number > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", number, what);
}

}  // namespace

std::string words_of(const Objective& objective, Quote quote) {
    return fmt::format("{} of {} {}{}: {} -> {}", objective.name, objective.kind, quote(objective.subject),
                       objective.under.empty() ? "" : fmt::format(" under {}", fmt::join(objective.under, ", ")),
                       time_words(objective.before), time_words(objective.after));
}

std::string words_of(const Field& field, Quote quote) {
    std::string text = field.what + ": ";
    if (field.before.empty()) text += "now " + quote(field.after);
    else if (field.after.empty()) text += "no longer " + quote(field.before);
    else text += quote(field.before) + " -> " + quote(field.after);
    return field.sense == Sense::neutral ? text : fmt::format("{} ({})", text, sense_name(field.sense));
}

std::string words_of(const Declaration& declaration, Quote quote) {
    const std::string text = declaration.kind + " " + quote(declaration.name);
    return declaration.how == Declaration::How::renamed ? text + ", now " + quote(declaration.new_name) : text;
}

std::string words_of(const Outcome& outcome, Quote quote) {
    return fmt::format("{} of {}: {} ({}: {})", outcome.measure(), quote(outcome.subject), numbers_of(outcome), objective_words(outcome),
                       verdict_words(outcome));
}

std::string words_of(const Part& part, Quote quote) {
    const std::string text = part.kind + " " + quote(part.name);
    if (!part.before) return fmt::format("{}: now on the path, {}", text, format_duration(*part.after));
    if (!part.after) return fmt::format("{}: no longer on the path, {}", text, format_duration(*part.before));
    const bool longer = *part.after > *part.before;
    return fmt::format("{}: {} {}, {} -> {}", text, format_duration(longer ? *part.after - *part.before : *part.before - *part.after),
                       longer ? "longer" : "shorter", format_duration(*part.before), format_duration(*part.after));
}

std::string words_of(const diagnostics::Diagnostic& finding, Quote quote, Quote sentence) {
    std::string about = finding.subject.name.empty() ? "" : ", " + finding.subject.kind + " " + quote(finding.subject.name);
    if (!finding.scenario.empty()) about += " in " + quote(finding.scenario);
    return fmt::format("{} {}{}: {}", finding.entry.code, finding.entry.name, about, sentence(finding.message));
}

std::vector<std::string> reasons_of(const Outcome& outcome, Quote quote, Quote sentence) {
    std::vector<std::string> lines;
    const std::string &before = outcome.before.because, &after = outcome.after.because;
    if (!before.empty() && before != after) lines.push_back("was: " + sentence(before));
    if (!after.empty() && before != after) lines.push_back("now: " + sentence(after));
    // A whole path that is new says nothing about what changed it.
    const bool moved = outcome.before.achieved && outcome.after.achieved && *outcome.before.achieved != support::never &&
                       *outcome.after.achieved != support::never;
    for (const Part& part : outcome.parts)
        if (moved) lines.push_back(words_of(part, quote));
    return lines;
}

std::string summary_of(const Difference& difference) {
    std::string text;
    count(text, difference.count(Turn::missed), "newly missed");
    count(text, difference.count(Turn::met), "newly met");
    count(text, difference.count(Turn::unjudged), "no longer judged");
    count(text, difference.count(Sense::loosened), "loosened");
    count(text, difference.count(Sense::tightened), "tightened");
    std::array<std::size_t, 4> declarations{};
    for (const Declaration& one : difference.declarations) ++declarations.at(static_cast<std::size_t>(one.how));
    std::string changes;
    for (std::size_t how = 0; how < declarations.size(); ++how)
        count(changes, declarations.at(how), how_name(static_cast<Declaration::How>(how)));
    std::string findings;
    count(findings, difference.new_findings.size(), "new");
    count(findings, difference.gone_findings.size(), "gone");
    return fmt::format("objectives: {}; declarations: {}; findings: {}", text.empty() ? "as before" : text,
                       changes.empty() ? "as before" : changes, findings.empty() ? "as before" : findings);
}

}  // namespace muster::diff
