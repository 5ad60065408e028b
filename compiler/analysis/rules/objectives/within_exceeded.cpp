// A procedure or a phase that promises its length ("quick recovery, < 30 minutes") sets the expectations of everybody who waits. Where the
// steps come to more, the promise is what will be remembered. Counted is the whole of it, from when it is its turn to the end of its last
// step, with all that it waits for in between.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using support::never;

// How long the steps of a procedure, or of one phase of it, take together; nothing where one of them does not end or there is none.
std::optional<Time> length_of(const Facts& facts, const Estimate& e, Id<model::Procedure> procedure, const std::string* phase) {
    std::optional<Time> begin;
    Time end{0};
    for (const PlannedStep& planned : e.schedule) {
        const model::Step& step = facts.plan.steps[planned.step];
        if (step.procedure != procedure || (phase != nullptr ? step.phase != *phase : step.afterwards)) continue;
        if (planned.end == never || planned.ready == never) return std::nullopt;
        begin = std::min(begin.value_or(never), planned.ready);
        end = std::max(end, planned.end);
    }
    if (!begin) return std::nullopt;
    return end - *begin;
}

// In the scenario in which it takes longest.
void judge(const Facts& facts, const std::string& subject, const support::Said<model::Duration>& within, Id<model::Procedure> procedure,
           const std::string* phase, diagnostics::Sink& sink) {
    const Time promised = within.value.planning();
    const Estimate* worst = nullptr;
    Time longest = promised;
    for (const Estimate& e : facts.estimates) {
        const auto length = length_of(facts, e, procedure, phase);
        if (!length || *length <= longest) continue;
        worst = &e;
        longest = *length;
    }
    if (worst == nullptr) return;
    const auto& scenario = facts.plan.scenarios[worst->recovery.scenario].heading;
    auto& d = sink.report(diagnostics::messages::within_exceeded, within.span, diagnostics::Words{subject}, diagnostics::Duration{promised},
                          diagnostics::Duration{longest}, diagnostics::Name{scenario.name});
    d.subject = {"procedure", facts.plan.procedures[procedure].heading.name};
    d.scenario = scenario.name;
    d.target = promised;
    d.achieved = longest;
}

}  // namespace

void within_exceeded(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.procedures.ids()) {
        const model::Procedure& procedure = facts.plan.procedures[id];
        const std::string& name = procedure.heading.name;
        if (procedure.within) judge(facts, fmt::format("procedure `{}`", name), *procedure.within, id, nullptr, sink);
        for (const model::Phase& phase : procedure.phases)
            if (phase.within)
                judge(facts, fmt::format("phase `{}` of procedure `{}`", phase.heading.name, name), *phase.within, id, &phase.heading.name,
                      sink);
    }
}

}  // namespace muster::analysis::rules
