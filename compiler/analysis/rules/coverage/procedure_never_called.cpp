// A procedure that recovers something and that no scenario turns to was written for a disaster that the plan does not have. It is kept up,
// or it is not, and nobody knows whether it works; and somewhere a scenario may lack it.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

std::vector<bool> called(const Facts& facts) {
    const model::Plan& plan = facts.plan;
    std::vector<bool> all(plan.procedures.size());
    for (const Estimate& e : facts.estimates) {
        for (const auto id : e.recovery.procedures) all[id.value] = true;
        for (const auto id : e.recovery.turned_to) all[id.value] = true;
        // Which of them it is to be is procedure-not-chosen.
        for (const auto& candidates : e.recovery.undecided)
            for (const auto id : candidates) all[id.value] = true;
    }
    for (const model::Scenario& scenario : plan.scenarios)
        for (const model::Choice& choice : scenario.choices)
            for (const auto& id : choice.procedures) all[id.value.value] = true;
    for (const model::Step& step : plan.steps)
        if (step.otherwise) all[step.otherwise->value.value] = true;
    for (const model::Detector& detector : plan.detectors)
        if (detector.triggers) all[detector.triggers->value.value] = true;
    for (const model::Drill& drill : plan.drills)
        for (const model::Exercise& exercise : drill.exercises)
            if (exercise.procedure) all[exercise.procedure->value] = true;
    return all;
}

}  // namespace

void procedure_never_called(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    if (plan.scenarios.empty()) return;
    const std::vector<bool> all = called(facts);
    for (const auto id : plan.procedures.ids()) {
        const model::Heading& procedure = plan.procedures[id].heading;
        if (all[id.value] || plan.procedures[id].recovers.empty()) continue;  // what recovers nothing is for other days
        auto& d = sink.report(diagnostics::messages::procedure_never_called, procedure.span, diagnostics::Name{procedure.name});
        d.subject = {"procedure", procedure.name};
        d.help = "say `recover … with …` or `follow …` in a scenario, or exercise it in a drill";
    }
}

}  // namespace muster::analysis::rules
