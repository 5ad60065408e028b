// A command that nobody attends and that never ends is noticed by nobody: all that comes after it waits, and the recovery stands still
// until somebody asks how far it is. A `timeout` makes of that a step that has failed, which is told and may be tried again.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/followed.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

bool may_hang(const model::Step& step) {
    if (!step.automatic || step.timeout || step.afterwards || !step.action) return false;
    return std::holds_alternative<model::Run>(*step.action) || std::holds_alternative<model::WaitFor>(*step.action) ||
           !step.own_command.empty();
}

void look_at(const Facts& facts, const model::Procedure& procedure, diagnostics::Sink& sink) {
    std::vector<std::string> names;
    std::vector<diagnostics::Label> places;
    for (const auto id : procedure.steps) {
        const model::Step& step = facts.plan.steps[id];
        if (!may_hang(step)) continue;
        names.push_back(step.heading.name);
        places.push_back({step.heading.span, "no `timeout` here"});
    }
    if (names.empty()) return;
    auto& d = sink.report(diagnostics::messages::unattended_without_timeout, places.front().span,
                          diagnostics::Words{(names.size() == 1 ? "step " : "steps ") + list_of(names)},
                          diagnostics::Name{procedure.heading.name}, diagnostics::Words{names.size() == 1 ? "runs" : "run"});
    d.related.assign(places.begin() + 1, places.end());
    d.subject = {"procedure", procedure.heading.name};
    d.help = "say `timeout`: longer than it takes at worst, and short enough to do something else";
}

}  // namespace

// A plan without a single timeout does not speak of them.
void unattended_without_timeout(const Facts& facts, diagnostics::Sink& sink) {
    const auto& steps = facts.plan.steps;
    if (std::none_of(steps.begin(), steps.end(), [](const model::Step& step) { return step.timeout.has_value(); })) return;
    const std::vector<bool> counts = followed_anywhere(facts.plan, facts.estimates);
    for (const auto id : facts.plan.procedures.ids())
        if (counts[id.value]) look_at(facts, facts.plan.procedures[id], sink);
}

}  // namespace muster::analysis::rules
