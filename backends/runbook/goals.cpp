#include "backends/runbook/goals.h"

#include <algorithm>

#include "backends/runbook/alternatives.h"
#include "backends/runbook/bash.h"
#include "backends/runbook/restore.h"

namespace muster::backends::runbook {
namespace {

using model::Procedure;
using model::Step;

bool completes(const Step& step, Id<model::Service> service) {
    return std::any_of(step.completes.begin(), step.completes.end(), [&](const auto& said) { return said.value == service; });
}

// The step that completes the service; by default the last of its procedure that counts.
std::optional<int> completing_stop(const Itinerary& itinerary, Id<model::Service> service) {
    const auto procedure = itinerary.estimate.recovery.procedure_of[service.value];
    std::optional<Id<Step>> last;
    if (procedure)
        for (const Id<Step> id : itinerary.plan.procedures[*procedure].steps)
            if (!itinerary.plan.steps[id].afterwards) last = id;
    for (const Stop& stop : itinerary.stops)
        if (completes(stop.in.step(), service)) return stop.number;
    for (const Stop& stop : itinerary.stops)
        if (last && stop.in.id == *last) return stop.number;
    return std::nullopt;
}

// Whether the procedure of `stop` recovers the service, and `stop` is the step that completes it.
bool completes_service(const model::Plan& plan, const Stop& stop, Id<model::Service> service) {
    const Procedure& procedure = stop.in.procedure();
    const auto& recovers = procedure.recovers;
    if (std::none_of(recovers.begin(), recovers.end(), [&](const auto& said) { return said.value == service; })) return false;
    const auto completes_it = [&](Id<Step> id) { return completes(plan.steps[id], service); };
    const auto& steps = procedure.steps;
    if (std::any_of(steps.begin(), steps.end(), completes_it)) return completes_it(stop.in.id);
    const auto last = std::find_if(steps.rbegin(), steps.rend(), [&](Id<Step> id) { return !plan.steps[id].afterwards; });
    return last != steps.rend() && *last == stop.in.id;
}

// The steps that complete it in procedures that are only turned to.
std::vector<int> other_stops(const Itinerary& itinerary, Id<model::Service> service) {
    std::vector<int> others;
    for (const auto* stops : {&itinerary.stops, &itinerary.alternatives})
        for (const Stop& stop : *stops)
            if (!stop.instead.empty() && completes_service(itinerary.plan, stop, service)) others.push_back(stop.number);
    return others;
}

bool is_asked(const Itinerary& itinerary, const std::string& variable) {
    return std::any_of(itinerary.asks.begin(), itinerary.asks.end(), [&](const Ask& ask) { return ask.variable == variable; });
}

}  // namespace

void add_goals(Itinerary& itinerary) {
    for (const analysis::ServiceOutcome& outcome : itinerary.estimate.services) {
        const auto stop = completing_stop(itinerary, outcome.service);
        if (!stop && outcome.state < analysis::State::impaired) continue;
        std::optional<Time> rto;
        if (outcome.rto) rto = outcome.rto->value;
        itinerary.goals.push_back({outcome.service, rto, outcome.rta, stop, other_stops(itinerary, outcome.service)});
    }
}

void add_asks(Itinerary& itinerary) {
    for (const Id<Procedure> id : all_procedures(itinerary))
        for (const model::Question& question : itinerary.plan.procedures[id].asks) {
            const std::string variable = "MUSTER_" + variable_part(question.name);
            if (!is_asked(itinerary, variable)) itinerary.asks.push_back({variable, question.text});
        }
    const auto back_in_time = [](const std::vector<Stop>& stops) {
        return std::any_of(stops.begin(), stops.end(), [](const Stop& stop) { return needs_target_time(stop.in); });
    };
    if ((back_in_time(itinerary.stops) || back_in_time(itinerary.alternatives)) && !is_asked(itinerary, "MUSTER_TARGET_TIME"))
        itinerary.asks.push_back(
            {"MUSTER_TARGET_TIME", "To which moment before the damage does the data go back? (UTC, as 2026-11-20T21:49:00Z)"});
}

}  // namespace muster::backends::runbook
