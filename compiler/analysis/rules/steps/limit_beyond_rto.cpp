// A limit is there to be noticed by: a step that hangs is given up after its `timeout`, a procedure or a phase that takes longer than its
// `within` is told to whoever leads. One that is longer than every RTO of what is recovered is noticed when all of them are missed.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using support::format_duration;
using support::Said;

// The longest RTO that a procedure has to keep, and of which service.
struct Budget {
    Time rto{0};
    Id<model::Service> service;
    std::string scenario;
    bool open = false;  // it recovers something that has no RTO
};

// By procedure: of all that it recovers in the scenarios in which it is followed.
std::vector<Budget> budgets_of(const Facts& facts) {
    std::vector<Budget> budgets(facts.plan.procedures.size());
    for (const Estimate& e : facts.estimates)
        for (const ServiceOutcome& outcome : e.services) {
            const auto& procedure = e.recovery.procedure_of[outcome.service.value];
            if (!procedure || !e.recovery.impact.unavailable(outcome.service)) continue;
            Budget& budget = budgets[procedure->value];
            if (!outcome.rto) budget.open = true;
            else if (outcome.rto->value > budget.rto)
                budget = {outcome.rto->value, outcome.service, facts.plan.scenarios[e.recovery.scenario].heading.name, budget.open};
        }
    return budgets;
}

void compare(const Facts& facts, const Budget& budget, const std::optional<Said<Time>>& limit, diagnostics::Subject subject,
             std::string_view word, diagnostics::Sink& sink) {
    if (!limit || budget.open || budget.rto == Time::zero() || limit->value <= budget.rto) return;
    const auto& service = facts.plan.services[budget.service].heading;
    auto& d = sink.report(diagnostics::messages::limit_beyond_rto, limit->span, diagnostics::Words{std::string{word}},
                          diagnostics::Words{fmt::format("{} `{}`", subject.kind, subject.name)}, diagnostics::Duration{limit->value},
                          diagnostics::Duration{budget.rto}, diagnostics::Name{service.name}, diagnostics::Name{budget.scenario});
    d.subject = std::move(subject);
    d.target = budget.rto;
    d.achieved = limit->value;
    d.help = fmt::format("a limit well below {} leaves time to do something else", format_duration(budget.rto));
}

std::optional<Said<Time>> planned(const std::optional<Said<model::Duration>>& said) {
    if (!said) return std::nullopt;
    return Said<Time>{said->value.planning(), said->span};
}

void look_at(const Facts& facts, const model::Procedure& procedure, const Budget& budget, diagnostics::Sink& sink) {
    compare(facts, budget, planned(procedure.within), {"procedure", procedure.heading.name}, "within", sink);
    for (const model::Phase& phase : procedure.phases)
        compare(facts, budget, planned(phase.within), {"phase", phase.heading.name}, "within", sink);
    for (const auto id : procedure.steps) {
        const model::Step& step = facts.plan.steps[id];
        if (!step.afterwards)
            compare(facts, budget, planned(step.timeout), {"step", model::qualified_name(facts.plan, id)}, "timeout", sink);
    }
}

}  // namespace

void limit_beyond_rto(const Facts& facts, diagnostics::Sink& sink) {
    const std::vector<Budget> budgets = budgets_of(facts);
    for (const auto id : facts.plan.procedures.ids()) look_at(facts, facts.plan.procedures[id], budgets[id.value], sink);
}

}  // namespace muster::analysis::rules
