#include "compiler/analysis/choose.h"

#include <algorithm>
#include <map>

#include "compiler/analysis/failing.h"

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

// By service that has failed and for which nothing is chosen, every procedure that recovers it.
std::map<std::uint32_t, std::vector<ProcedureId>> recoverers(const Plan& plan, const Recovery& recovery) {
    std::map<std::uint32_t, std::vector<ProcedureId>> by_service;
    for (const auto service : plan.services.ids())
        if (!recovery.procedure_of[service.value] && recovery.impact.services[service.value] == State::failed) by_service[service.value];
    if (by_service.empty()) return by_service;
    for (const auto id : plan.procedures.ids())
        for (const auto& service : plan.procedures[id].recovers)
            if (const auto at = by_service.find(service.value.value); at != by_service.end()) at->second.push_back(id);
    return by_service;
}

// The procedure that is followed, and what is turned to where it fails: as many of `others` as can be reached by failing.
std::vector<ProcedureId> line_from(const Plan& plan, const Recovery& recovery, ProcedureId first, const std::vector<ProcedureId>& others) {
    std::vector<ProcedureId> line{first};
    for (const ProcedureId other : others) {
        if (!may_fail(plan, recovery, line.back())) break;
        if (!contains(line, other)) line.push_back(other);
    }
    return line;
}

// Those that come after `first` in the list and are not given up.
std::vector<ProcedureId> after(const Choice& choice, ProcedureId first, const std::vector<ProcedureId>& given_up) {
    std::vector<ProcedureId> others;
    bool passed = false;
    for (const auto& procedure : choice.procedures) {
        if (passed && !contains(given_up, procedure.value)) others.push_back(procedure.value);
        passed = passed || procedure.value == first;
    }
    return others;
}

// For a service that no choice names: whatever is turned to instead of its procedure, and recovers it too.
std::vector<ProcedureId> others_that_recover(const Plan& plan, const Recovery& recovery, ProcedureId first, Id<model::Service> service) {
    std::vector<ProcedureId> others;
    for (const ProcedureId other : alternatives_of(recovery, first)) {
        const auto& recovers = plan.procedures[other].recovers;
        if (std::any_of(recovers.begin(), recovers.end(), [&](const auto& said) { return said.value == service; })) others.push_back(other);
    }
    return others;
}

// What steps turn to, and what the lines go on with.
void add_what_is_turned_to(const Plan& plan, std::vector<bool>& followed, Recovery& recovery) {
    std::vector<ProcedureId> open = recovery.procedures;
    const auto add = [&](ProcedureId procedure) {
        if (followed[procedure.value]) return;
        followed[procedure.value] = true;
        recovery.turned_to.push_back(procedure);
        open.push_back(procedure);
    };
    for (const auto& line : recovery.lines)
        for (const ProcedureId procedure : line) add(procedure);
    while (!open.empty()) {
        const auto& steps = plan.procedures[open.back()].steps;
        open.pop_back();
        for (const auto step : steps)
            if (plan.steps[step].otherwise && may_fail(plan, recovery, step)) add(plan.steps[step].otherwise->value);
    }
    std::sort(recovery.turned_to.begin(), recovery.turned_to.end());
}

}  // namespace

void choose_procedures(const Plan& plan, const std::vector<ProcedureId>& given_up, Recovery& recovery) {
    const model::Scenario& scenario = plan.scenarios[recovery.scenario];
    std::vector<bool> followed(plan.procedures.size());
    recovery.procedure_of.assign(plan.services.size(), std::nullopt);
    recovery.undecided.assign(plan.services.size(), {});
    recovery.line_of.assign(plan.services.size(), 0);
    for (const Choice& choice : scenario.choices) {
        const ProcedureId procedure = current(choice, given_up);
        followed[procedure.value] = true;
        recovery.lines.push_back(line_from(plan, recovery, procedure, after(choice, procedure, given_up)));
        const auto& services = choice.services.empty() ? plan.procedures[procedure].recovers : choice.services;
        for (const auto& service : services) {
            recovery.procedure_of[service.value.value] = procedure;
            recovery.line_of[service.value.value] = recovery.lines.size() - 1;
        }
    }
    for (auto& [service, candidates] : recoverers(plan, recovery)) {
        auto& chosen = recovery.procedure_of[service];
        // What is followed anyway and recovers it too, recovers it.
        if (std::any_of(candidates.begin(), candidates.end(), [&](ProcedureId id) { return followed[id.value]; }))
            std::erase_if(candidates, [&](ProcedureId id) { return !followed[id.value]; });
        if (candidates.size() != 1) {
            recovery.undecided[service] = candidates;
            continue;
        }
        chosen = candidates.front();
        recovery.line_of[service] = recovery.lines.size();
        recovery.lines.push_back(line_from(plan, recovery, *chosen, others_that_recover(plan, recovery, *chosen, {service})));
    }
    for (const auto& chosen : recovery.procedure_of)
        if (chosen) followed[chosen->value] = true;
    for (const auto id : plan.procedures.ids())
        if (followed[id.value]) recovery.procedures.push_back(id);
    add_what_is_turned_to(plan, followed, recovery);
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
