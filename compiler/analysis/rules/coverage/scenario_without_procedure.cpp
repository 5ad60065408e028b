// A disaster that the plan names and does not answer is one that people will improvise. What heals or returns by itself needs no
// procedure; everything else that a scenario takes away does.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

std::vector<std::string> unrecovered_services(const Facts& facts, const Estimate& e) {
    std::vector<std::string> names;
    for (const ServiceOutcome& outcome : e.services) {
        const bool own = outcome.root && *outcome.root == e.recovery.network.ready[outcome.service.value];
        const bool undecided = e.recovery.undecided[outcome.service.value].size() > 1;
        if (outcome.state == State::failed && own && !undecided && has_no_procedure(e, outcome))
            names.push_back(facts.plan.services[outcome.service].heading.name);
    }
    return names;
}

bool nothing_is_followed(const Facts& facts, const Estimate& e) {
    const auto& undecided = e.recovery.undecided;
    if (std::any_of(undecided.begin(), undecided.end(), [](const auto& candidates) { return candidates.size() > 1; })) return false;
    return e.recovery.procedures.empty() && !facts.plan.scenarios[e.recovery.scenario].lasts;
}

// Services that have not failed themselves, but wait for something that nobody brings back.
std::vector<std::string> waiting_services(const Facts& facts, const Estimate& e) {
    std::vector<std::string> names;
    if (!nothing_is_followed(facts, e)) return names;
    for (const ServiceOutcome& outcome : e.services)
        if (outcome.verdict == Verdict::never) names.push_back(facts.plan.services[outcome.service].heading.name);
    return names;
}

// What is no service and is the plan's own to mend: stores, tools, data.
std::vector<std::string> unanswered_things(const Facts& facts, const Estimate& e) {
    std::vector<std::string> names;
    if (!nothing_is_followed(facts, e)) return names;
    for (const model::Effect& effect : facts.plan.scenarios[e.recovery.scenario].effects) {
        const model::Kind kind = effect.thing.kind;
        if (kind == model::Kind::store || kind == model::Kind::tool || kind == model::Kind::dataset)
            names.push_back(model::name_of(facts.plan, effect.thing));
    }
    return names;
}

}  // namespace

void scenario_without_procedure(const Facts& facts, diagnostics::Sink& sink) {
    for (const Estimate& e : facts.estimates) {
        const model::Scenario& scenario = facts.plan.scenarios[e.recovery.scenario];
        std::vector<std::string> names = unrecovered_services(facts, e);
        if (names.empty()) names = waiting_services(facts, e);
        if (names.empty()) names = unanswered_things(facts, e);
        if (names.empty()) continue;
        auto& d = sink.report(diagnostics::messages::scenario_without_procedure, scenario.heading.span, diagnostics::Words{list_of(names)},
                              diagnostics::Name{scenario.heading.name});
        d.subject = {"scenario", scenario.declared_name()};
        d.scenario = scenario.heading.name;
        d.help = "name a procedure with `recover … with …` or `follow …`; or say `heals in` or `lasts` where it comes back by itself";
    }
}

}  // namespace muster::analysis::rules
