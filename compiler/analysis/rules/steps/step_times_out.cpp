// A step whose planning value is longer than its own timeout is stopped before it is through, each time it is tried: in planning it fails
// for good. Mostly one of the two figures is not meant.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

// By what it says itself, or by what a restore comes to in the first scenario in which it is stopped.
std::optional<Time> length_of(const Facts& facts, Id<model::Step> id) {
    const model::Step& step = facts.plan.steps[id];
    const Time timeout = step.timeout->value.planning();
    if (step.takes) return step.takes->value.planning();
    for (const Estimate& e : facts.estimates) {
        const NodeId node = e.recovery.steps[id.value];
        if (node == 0) continue;
        const Time once = planning_delay(facts.plan, e.recovery.network.nodes[node].delay);
        if (once != support::never && once > timeout) return once;
    }
    return std::nullopt;
}

}  // namespace

void step_times_out(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.steps.ids()) {
        const model::Step& step = facts.plan.steps[id];
        if (!step.timeout) continue;
        const Time timeout = step.timeout->value.planning();
        const auto length = length_of(facts, id);
        if (!length || *length <= timeout) continue;
        const std::string name = model::qualified_name(facts.plan, id);
        auto& d = sink.report(diagnostics::messages::step_times_out, step.timeout->span, diagnostics::Name{name},
                              diagnostics::Duration{timeout}, diagnostics::Duration{*length});
        d.subject = {"step", name};
        d.target = timeout;
        d.achieved = *length;
        if (step.takes) d.related = {{step.takes->span, "it takes that long at worst"}};
        if (step.otherwise)
            d.help = fmt::format("planned is that it turns to `{}` then", facts.plan.procedures[step.otherwise->value].heading.name);
    }
}

}  // namespace muster::analysis::rules
