#include "compiler/analysis/choose.h"

#include <algorithm>

namespace muster::analysis {
namespace {

using model::Choice;
using model::Plan;
using model::Procedure;
using ProcedureId = Id<Procedure>;

bool contains(const std::vector<ProcedureId>& all, ProcedureId one) { return std::find(all.begin(), all.end(), one) != all.end(); }

// The first that is not given up; the last where all are.
ProcedureId current(const Choice& choice, const std::vector<ProcedureId>& given_up) {
    for (const auto& procedure : choice.procedures)
        if (!contains(given_up, procedure.value)) return procedure.value;
    return choice.procedures.back().value;
}

// By service, every procedure that recovers it.
std::vector<std::vector<ProcedureId>> recoverers(const Plan& plan) {
    std::vector<std::vector<ProcedureId>> by_service(plan.services.size());
    for (const auto id : plan.procedures.ids())
        for (const auto& service : plan.procedures[id].recovers) by_service[service.value.value].push_back(id);
    return by_service;
}

}  // namespace

void choose_procedures(const Plan& plan, const std::vector<ProcedureId>& given_up, Recovery& recovery) {
    const model::Scenario& scenario = plan.scenarios[recovery.scenario];
    std::vector<bool> followed(plan.procedures.size());
    recovery.procedure_of.assign(plan.services.size(), std::nullopt);
    recovery.undecided.assign(plan.services.size(), {});
    for (const Choice& choice : scenario.choices) {
        const ProcedureId procedure = current(choice, given_up);
        followed[procedure.value] = true;
        const auto& services = choice.services.empty() ? plan.procedures[procedure].recovers : choice.services;
        for (const auto& service : services) recovery.procedure_of[service.value.value] = procedure;
    }
    const auto known = recoverers(plan);
    for (const auto service : plan.services.ids()) {
        auto& chosen = recovery.procedure_of[service.value];
        if (chosen || recovery.impact.services[service.value] != State::failed) continue;
        // What is followed anyway and recovers it too, recovers it.
        std::vector<ProcedureId> candidates = known[service.value];
        if (std::any_of(candidates.begin(), candidates.end(), [&](ProcedureId id) { return followed[id.value]; }))
            std::erase_if(candidates, [&](ProcedureId id) { return !followed[id.value]; });
        if (candidates.size() == 1) chosen = candidates.front();
        else recovery.undecided[service.value] = candidates;
    }
    for (const auto& chosen : recovery.procedure_of)
        if (chosen) followed[chosen->value] = true;
    for (const auto id : plan.procedures.ids())
        if (followed[id.value]) recovery.procedures.push_back(id);
}

bool give_up(const model::Scenario& scenario, const std::vector<ProcedureId>& impossible, std::vector<ProcedureId>& given_up) {
    bool added = false;
    for (const Choice& choice : scenario.choices) {
        const ProcedureId procedure = current(choice, given_up);
        const bool last = procedure == choice.procedures.back().value;
        if (last || contains(given_up, procedure) || !contains(impossible, procedure)) continue;
        given_up.push_back(procedure);
        added = true;
    }
    return added;
}

}  // namespace muster::analysis
