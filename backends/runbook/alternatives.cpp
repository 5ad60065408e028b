#include "backends/runbook/alternatives.h"

#include <algorithm>

namespace muster::backends::runbook {
namespace {

using model::Procedure;
using ProcedureId = Id<Procedure>;

bool contains(const std::vector<ProcedureId>& all, ProcedureId one) { return std::find(all.begin(), all.end(), one) != all.end(); }

// What the scenario goes on with where `procedure` fails as a whole.
std::optional<ProcedureId> next_in_line(const model::Plan& plan, const analysis::Recovery& recovery, ProcedureId procedure) {
    for (const model::Choice& choice : plan.scenarios[recovery.scenario].choices)
        for (std::size_t i = 0; i + 1 < choice.procedures.size(); ++i)
            if (choice.procedures[i].value == procedure) return choice.procedures[i + 1].value;
    return std::nullopt;
}

// The procedures that are only turned to, in the order in which they are found.
std::vector<ProcedureId> turned_to(const model::Plan& plan, const analysis::Estimate& estimate) {
    std::vector<ProcedureId> open = estimate.recovery.procedures, found;
    const auto add = [&](ProcedureId procedure) {
        if (is_followed(estimate, procedure) || contains(found, procedure)) return;
        found.push_back(procedure), open.push_back(procedure);
    };
    for (std::size_t i = 0; i < open.size(); ++i) {
        const ProcedureId procedure = open[i];
        for (const auto step : plan.procedures[procedure].steps)
            if (plan.steps[step].otherwise) add(plan.steps[step].otherwise->value);
        if (const auto next = next_in_line(plan, estimate.recovery, procedure)) add(*next);
    }
    return found;
}

void add_to(Itinerary& itinerary, Stop& stop) {
    const model::Plan& plan = itinerary.plan;
    const analysis::Recovery& recovery = itinerary.estimate.recovery;
    const ProcedureId procedure = stop.in.step().procedure;
    const auto replaced = recovery.replaced.find(stop.in.id);
    if (replaced != recovery.replaced.end()) stop.impossible = replaced->second;
    if (!is_followed(itinerary.estimate, procedure)) stop.instead = plan.procedures[procedure].heading.name;
    if (stop.in.step().otherwise) stop.otherwise = plan.procedures[stop.in.step().otherwise->value].heading.name;
    if (const auto next = next_in_line(plan, recovery, procedure); next && !is_followed(itinerary.estimate, *next))
        stop.falls_back = plan.procedures[*next].heading.name;
}

}  // namespace

bool is_followed(const analysis::Estimate& estimate, ProcedureId procedure) { return contains(estimate.recovery.procedures, procedure); }

std::vector<analysis::PlannedStep> unplanned_steps(const model::Plan& plan, const analysis::Estimate& estimate) {
    const auto& planned = estimate.schedule;
    std::vector<analysis::PlannedStep> steps;
    for (const ProcedureId procedure : turned_to(plan, estimate))
        for (const auto step : plan.procedures[procedure].steps)
            if (std::none_of(planned.begin(), planned.end(), [&](const analysis::PlannedStep& one) { return one.step == step; }))
                steps.push_back({step, support::never, support::never, support::never, false});
    return steps;
}

void add_alternatives(Itinerary& itinerary) {
    for (Stop& stop : itinerary.stops) add_to(itinerary, stop);
    for (Stop& stop : itinerary.alternatives) add_to(itinerary, stop);
}

std::vector<ProcedureId> all_procedures(const Itinerary& itinerary) {
    std::vector<ProcedureId> all = itinerary.estimate.recovery.procedures;
    for (const Stop& stop : itinerary.stops)
        if (!contains(all, stop.in.step().procedure)) all.push_back(stop.in.step().procedure);
    for (const Stop& stop : itinerary.alternatives)
        if (!contains(all, stop.in.step().procedure)) all.push_back(stop.in.step().procedure);
    return all;
}

}  // namespace muster::backends::runbook
