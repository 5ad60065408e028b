// What nobody notices is recovered by nobody. Where a service has an RTO, time-unknown says so; what has none stays down just as long.
#include <algorithm>
#include <map>

#include "compiler/analysis/detection.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

bool does_harm(const Estimate& e) {
    return std::any_of(e.services.begin(), e.services.end(),
                       [](const ServiceOutcome& outcome) { return outcome.state >= State::impaired; });
}

// time-unknown and loss-unknown say it of what has an objective.
bool is_said(const Estimate& e) {
    return std::any_of(e.services.begin(), e.services.end(),
                       [](const ServiceOutcome& outcome) { return outcome.rto && outcome.verdict == Verdict::unknown; }) ||
           std::any_of(e.data.begin(), e.data.end(),
                       [](const DataOutcome& outcome) { return outcome.rpo && outcome.verdict == Verdict::unknown; });
}

bool speaks_of_detection(const model::Plan& plan) {
    return !plan.detectors.empty() || std::any_of(plan.scenarios.begin(), plan.scenarios.end(), [](const model::Scenario& scenario) {
        return scenario.detected_after || scenario.undetected_for;
    });
}

// What the same detectors are blind for is one finding.
using Unseen = std::map<std::vector<std::size_t>, std::vector<const Estimate*>>;

Unseen unseen_scenarios(const Facts& facts) {
    Unseen all;
    for (const Estimate& e : facts.estimates) {
        if (e.detection || !does_harm(e) || is_said(e)) continue;
        std::vector<std::size_t> blind;
        for (const Blind& one : blind_detectors(facts.plan, facts.plan.scenarios[e.recovery.scenario], e.recovery.impact))
            blind.push_back(one.detector.value);
        all[blind].push_back(&e);
    }
    return all;
}

void report(const Facts& facts, const std::vector<const Estimate*>& unseen, diagnostics::Sink& sink) {
    std::vector<Named> names;
    for (const Estimate* e : unseen) {
        const auto& heading = facts.plan.scenarios[e->recovery.scenario].heading;
        names.push_back({heading.name, heading.span});
    }
    auto& d = sink.report(diagnostics::messages::no_detector, names.front().span, Name{names.front().name});
    d.subject = {"scenario", facts.plan.scenarios[unseen.front()->recovery.scenario].declared_name()};
    d.related = further(names, "nor this");
    for (auto& label : blind_labels(facts.plan, *unseen.front())) d.related.push_back(std::move(label));
    d.help = "say `detected after …` in the scenario, or add a detector that watches what it affects and runs elsewhere";
}

}  // namespace

// A plan that says nowhere how anything is noticed does not speak of it.
void no_detector(const Facts& facts, diagnostics::Sink& sink) {
    if (!speaks_of_detection(facts.plan)) return;
    for (const auto& [blind, unseen] : unseen_scenarios(facts)) report(facts, unseen, sink);
}

}  // namespace muster::analysis::rules
