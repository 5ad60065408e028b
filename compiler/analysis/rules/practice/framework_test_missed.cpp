// Whoever names a framework will be asked for the last test and the one before, by an auditor who has read which interval it demands. What
// each demands, and where it says so, is the table in compiler/analysis/frameworks.cpp.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/days.h"
#include "compiler/analysis/frameworks.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Drill;
using support::format_duration;

// A drill that has a schedule and is late is a finding of its own.
bool satisfies(const Drill& drill, const Framework& framework, Instant as_of) {
    if (!framework.at_most) return drill.schedule.has_value();
    if (drill.schedule) {
        const auto apart = longest_gap(*drill.schedule, as_of);
        if (apart && *apart <= *framework.at_most) return true;
    }
    return !drill.last.empty() && days_since(drill.last, as_of) <= *framework.at_most;
}

// How much the strictest of them leaves between two; nothing where none says a time.
std::optional<Time> strictest(const std::vector<Framework>& missed) {
    std::optional<Time> least;
    for (const Framework& one : missed)
        if (one.at_most) least = std::min(least.value_or(support::never), *one.at_most);
    return least;
}

std::string clauses_of(const std::vector<Framework>& missed) {
    std::string text;
    for (std::size_t i = 0; i < missed.size(); ++i)
        text += fmt::format("{}{}", i == 0 ? "" : i + 1 == missed.size() ? " and " : ", ", missed[i].clause);
    return text;
}

std::string sources_of(const std::vector<Framework>& missed) {
    std::string text;
    for (const Framework& one : missed) text += fmt::format("{}{}", text.empty() ? "" : "; ", one.source);
    return text;
}

std::string practice(const support::Table<Drill>& drills, Instant as_of) {
    if (drills.empty()) return "the plan has no drill";
    std::optional<Time> latest;
    for (const Drill& drill : drills)
        if (!drill.last.empty()) latest = std::min(latest.value_or(support::never), days_since(drill.last, as_of));
    const std::string none = "no drill has a schedule that keeps that";
    return latest ? fmt::format("the last drill was {} ago, and {}", format_duration(*latest), none) : none;
}

// Those that are not kept: that say a time, or that leave it to the plan.
std::vector<Framework> missed_by(const model::Plan& plan, Instant as_of, bool with_time) {
    std::vector<Framework> missed;
    for (const std::string& word : plan.compliance) {
        const auto framework = framework_of(word);
        if (!framework || framework->at_most.has_value() != with_time) continue;
        const auto kept = [&](const Drill& drill) { return satisfies(drill, *framework, as_of); };
        if (std::none_of(plan.drills.begin(), plan.drills.end(), kept)) missed.push_back(*framework);
    }
    return missed;
}

void report(const model::Plan& plan, const std::vector<Framework>& missed, Instant as_of, diagnostics::Sink& sink) {
    const auto at_most = strictest(missed);
    auto& d = sink.report(diagnostics::messages::framework_test_missed, plan.heading.span, Words{clauses_of(missed)},
                          Words{missed.size() == 1 ? "demands" : "demand"},
                          Words{at_most ? "a test of the recovery at least every 12 months" : "exercises at planned intervals"},
                          Words{practice(plan.drills, as_of)});
    d.subject = {"plan", plan.heading.name};
    d.target = at_most;
    d.help = fmt::format("say a `drill` with a schedule: what it exercises, how often, and when it was held last ({})", sources_of(missed));
}

}  // namespace

// What several frameworks demand is not practised for one reason.
void framework_test_missed(const Facts& facts, diagnostics::Sink& sink) {
    for (const bool with_time : {true, false}) {
        const std::vector<Framework> missed = missed_by(facts.plan, facts.schedules.as_of(), with_time);
        if (!missed.empty()) report(facts.plan, missed, facts.schedules.as_of(), sink);
    }
}

}  // namespace muster::analysis::rules
