// A procedure restores last night's dump while a standby holds everything up to the last second. Where data has an RPO that this misses,
// rpo-missed says so; where it has none, nobody has asked, and a day of work is lost that lies next door.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using support::format_duration;

// Where an objective is kept, the worse copy is somebody's choice.
bool is_open(const DataOutcome& outcome) { return outcome.verdict == Verdict::unset || outcome.verdict == Verdict::unknown; }

void report(const Facts& facts, const Estimate& e, const DataOutcome& outcome, diagnostics::Sink& sink) {
    const auto& data = facts.plan.data[outcome.data].heading;
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario].heading;
    const model::Step& step = facts.plan.steps[*outcome.by];
    const std::string loss =
        outcome.rpa ? fmt::format("with a loss of up to {}", format_duration(*outcome.rpa)) : std::string{"with a loss that no one knows"};
    const std::string better = name_of(facts.plan, *outcome.better);
    auto& d = sink.report(diagnostics::messages::better_copy_unused, step.heading.span, diagnostics::Name{data.name},
                          diagnostics::Name{name_of(facts.plan, *outcome.from)}, diagnostics::Name{scenario.name}, diagnostics::Words{loss},
                          diagnostics::Name{better}, diagnostics::Duration{*outcome.better->loss});
    d.subject = {"data", data.name};
    d.scenario = scenario.name;
    d.achieved = outcome.rpa;
    if (outcome.better->copy) d.related = {{facts.plan.copies[*outcome.better->copy].heading.span, "usable there"}};
    d.help = fmt::format("recover from `{}`; or give `{}` an `rpo` that says that the loss is accepted", better, data.name);
}

}  // namespace

void better_copy_unused(const Facts& facts, diagnostics::Sink& sink) {
    for (const Estimate& e : facts.estimates)
        for (const DataOutcome& outcome : e.data)
            if (is_open(outcome) && outcome.by && outcome.from && outcome.better && outcome.better->copy && outcome.better->loss)
                report(facts, e, outcome, sink);
}

}  // namespace muster::analysis::rules
