// What a drill took is measured; what a plan says is hoped. A drill begins with everybody at the table, without detection and without a
// night: where even that took longer than the RTO, or than the plan comes to, the plan's figures are the ones that are wrong.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Drill;
using support::format_duration;

// What the recovery that was exercised may take: the longest RTO of what it brings back, and the longest that the plan comes to.
struct Measure {
    std::optional<Time> rto;
    std::optional<Time> planned;
    std::string service;
    bool open = false;     // something has no RTO: whether it was kept cannot be told
    bool unknown = false;  // or no known time
};

bool concerns(const Estimate& e, const model::Exercise& one, Id<model::Service> service) {
    const auto& procedure = e.recovery.procedure_of[service.value];
    if (!procedure || !e.recovery.impact.unavailable(service)) return false;
    return one.scenario ? e.recovery.scenario == *one.scenario : procedure == one.procedure;
}

void add(const model::Plan& plan, const ServiceOutcome& outcome, Measure& all) {
    if (!outcome.rta || *outcome.rta == support::never) all.unknown = true;
    else all.planned = std::max(all.planned.value_or(Time::zero()), *outcome.rta);
    if (!outcome.rto) all.open = true;
    else if (!all.rto || outcome.rto->value > *all.rto) {
        all.rto = outcome.rto->value;
        all.service = plan.services[outcome.service].heading.name;
    }
}

// A drill of several things took as long as all of them: each is measured by the one that may take longest only where it is alone.
Measure measure_of(const Facts& facts, const model::Exercise& one) {
    Measure all;
    for (const Estimate& e : facts.estimates)
        for (const ServiceOutcome& outcome : e.services)
            if (concerns(e, one, outcome.service)) add(facts.plan, outcome, all);
    return all;
}

std::string longer_than(const Measure& measure, Time took) {
    std::string text;
    if (measure.rto && !measure.open && took > *measure.rto)
        text = fmt::format("longer than the RTO of {} of `{}`", format_duration(*measure.rto), measure.service);
    if (measure.planned && !measure.unknown && took > *measure.planned)
        text += fmt::format("{}longer than the {} that the plan comes to with detection and all", text.empty() ? "" : ", and ",
                            format_duration(*measure.planned));
    return text;
}

void look_at(const Facts& facts, const Drill& drill, diagnostics::Sink& sink) {
    if (!drill.took || drill.exercises.size() != 1 || drill.exercises.front().backup) return;
    const Measure measure = measure_of(facts, drill.exercises.front());
    const std::string text = longer_than(measure, *drill.took);
    if (text.empty()) return;
    auto& d = sink.report(diagnostics::messages::drill_too_slow, drill.heading.span, diagnostics::Name{drill.heading.name},
                          diagnostics::Duration{*drill.took}, diagnostics::Words{drill.last}, diagnostics::Words{text});
    d.subject = {"drill", drill.heading.name};
    d.target = measure.rto;
    d.achieved = drill.took;
    d.related = {{drill.exercises.front().span, "this was exercised"}};
    d.help = "put what was measured into the steps, and see by `check` which objectives still hold";
}

}  // namespace

void drill_too_slow(const Facts& facts, diagnostics::Sink& sink) {
    for (const Drill& drill : facts.plan.drills) look_at(facts, drill, sink);
}

}  // namespace muster::analysis::rules
