// An estimate that is far from what was measured last is not an estimate any more: the objective rests on a figure that a drill has
// refuted.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Origin;
using support::Id;

// A quarter is what one run differs from the next by, and a minute what people do: less says nothing.
bool is_longer(Time measured, Time planned) { return measured > planned + std::max<Time>(planned / 4, std::chrono::minutes{1}); }

// Being fast once is luck: three times, less than half of what is planned, and by five minutes.
bool is_shorter(const Origin& origin, Time measured, Time planned) {
    return origin.observed.size() >= 3 && measured < planned / 2 && planned - measured >= std::chrono::minutes{5};
}

// The planning value of what was observed: the 95th percentile by nearest rank.
Time planning_value(const Origin& origin) { return origin.observed[(origin.observed.size() * 95 + 99) / 100 - 1]; }

const Origin* measured_as(const model::Plan& plan, const std::string& name) {
    for (const Origin& origin : plan.origins)
        if (origin.measured() && origin.label == name && !origin.observed.empty()) return &origin;
    return nullptr;
}

void report(const Origin& origin, Time planned, const support::Span& span, const std::string& kind, const std::string& name,
            diagnostics::Sink& sink) {
    const Time measured = planning_value(origin);
    if (!is_longer(measured, planned) && !is_shorter(origin, measured, planned)) return;
    const std::string when = origin.dated.empty() ? std::string() : ", last on " + origin.dated;
    auto& d = sink.report(diagnostics::messages::far_from_measured, span, diagnostics::Words{kind}, diagnostics::Name{name},
                          diagnostics::Duration{planned}, diagnostics::Duration{measured},
                          diagnostics::Words{fmt::format("p95 of {} observed{}", origin.observed.size(), when)});
    d.subject = {kind, name};
    d.target = planned;
    d.achieved = measured;
    if (kind == "step") d.help = fmt::format("say `takes measured \"{}\"`", name);
}

void check_steps(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.steps.ids()) {
        const model::Step& step = facts.plan.steps[id];
        const std::string name = model::qualified_name(facts.plan, id);
        const Origin* origin = measured_as(facts.plan, name);
        if (origin == nullptr || !step.takes) continue;
        const auto& from = step.takes->value.origin;
        if (from && facts.plan.origins[*from].measured()) continue;
        report(*origin, step.takes->value.planning(), step.takes->span, "step", name, sink);
    }
}

// What a backup takes to restore, as drills of it measure: by its first store from which that is known.
void check_restores(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.copies.ids()) {
        const model::Copy& copy = facts.plan.copies[id];
        for (const auto& data : copy.of) {
            const std::string name = copy.heading.name + " of " + facts.plan.data[data.value].heading.name;
            const Origin* origin = measured_as(facts.plan, name);
            const auto stores = copy.stores();
            if (origin == nullptr || stores.empty()) continue;
            const auto planned = restore_time(facts.plan, data.value, id, stores.front(), facts.schedules).planning();
            if (planned) report(*origin, *planned, copy.heading.span, "restore of", name, sink);
        }
    }
}

}  // namespace

void far_from_measured(const Facts& facts, diagnostics::Sink& sink) {
    check_steps(facts, sink);
    check_restores(facts, sink);
}

}  // namespace muster::analysis::rules
