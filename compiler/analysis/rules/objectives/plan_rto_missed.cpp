// A plan may promise the recovery of the whole within a time. It is kept only when the last service is back by then.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using support::format_duration;

const ServiceOutcome* last_back(const Estimate& e) {
    const ServiceOutcome* last = nullptr;
    for (const ServiceOutcome& outcome : e.services)
        if (outcome.rta && *outcome.rta != support::never && (last == nullptr || *outcome.rta > *last->rta)) last = &outcome;
    return last;
}

}  // namespace

void plan_rto_missed(const Facts& facts, diagnostics::Sink& sink) {
    for (const Estimate& e : facts.estimates) {
        const model::Scenario& scenario = facts.plan.scenarios[e.recovery.scenario];
        const auto rto = facts.plan.objectives.rto.at(scenario.kind);
        const ServiceOutcome* last = last_back(e);
        if (!rto || last == nullptr || *last->rta <= rto->value) continue;
        const auto& service = facts.plan.services[last->service].heading;
        auto& d = sink.report(diagnostics::messages::rto_missed, rto->span, diagnostics::Name{facts.plan.heading.name},
                              diagnostics::Duration{rto->value}, diagnostics::Name{scenario.heading.name},
                              diagnostics::Words{fmt::format("`{}`, the last service, is back after {}, {} too late", service.name,
                                                             format_duration(*last->rta), format_duration(*last->rta - rto->value))});
        d.primary.text = "RTO of the whole declared here";
        d.subject = {"plan", facts.plan.heading.name};
        d.scenario = scenario.heading.name;
        d.target = rto->value;
        d.achieved = last->rta;
        d.path = path_labels(facts.plan, e, *last);
    }
}

}  // namespace muster::analysis::rules
