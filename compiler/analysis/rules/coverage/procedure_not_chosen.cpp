// Two procedures for one service are two answers to one question. At three in the morning somebody has to know which.
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {

void procedure_not_chosen(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    for (const Estimate& e : facts.estimates)
        for (const auto service : plan.services.ids()) {
            const auto& candidates = e.recovery.undecided[service.value];
            if (candidates.size() < 2) continue;
            const auto& scenario = plan.scenarios[e.recovery.scenario].heading;
            std::vector<std::string> names;
            for (const auto id : candidates) names.push_back(plan.procedures[id].heading.name);
            const std::string& name = plan.services[service].heading.name;
            auto& d = sink.report(diagnostics::messages::choice_needed, scenario.span, diagnostics::Words{list_of(names)},
                                  diagnostics::Name{name}, diagnostics::Name{scenario.name});
            d.subject = {"service", name};
            d.scenario = scenario.name;
            d.help = "say `recover " + name + " with " + names.front() + "` in the scenario";
        }
}

}  // namespace muster::analysis::rules
