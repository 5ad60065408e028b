// A role that has to act and whose telephone number nobody wrote down is found by asking around, in the hour in which nobody answers. Where
// a plan says how it reaches some, it is meant to say it of all.
#include <algorithm>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

std::vector<bool> acting(const model::Plan& plan) {
    std::vector<bool> acts(plan.roles.size());
    for (const model::Step& step : plan.steps) {
        for (const auto& role : step.by) acts[role.value.value] = true;
        if (const auto* approve = step.action ? std::get_if<model::Approve>(&*step.action) : nullptr) acts[approve->by.value] = true;
    }
    if (plan.declaration) acts[plan.declaration->by.value.value] = true;
    for (const model::Role& role : plan.roles)
        if (role.escalation) acts[role.escalation->to.value.value] = true;
    return acts;
}

// A detector that pages a role knows how.
std::vector<bool> paged(const model::Plan& plan) {
    std::vector<bool> all(plan.roles.size());
    for (const model::Detector& detector : plan.detectors)
        for (const auto& role : detector.notifies_roles) all[role.value.value] = true;
    return all;
}

}  // namespace

void role_unreachable(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    if (std::none_of(plan.roles.begin(), plan.roles.end(), [](const model::Role& role) { return !role.reach.empty(); })) return;
    const std::vector<bool> acts = acting(plan), known = paged(plan);
    std::vector<Named> all;
    for (const auto id : plan.roles.ids())
        if (acts[id.value] && !known[id.value] && plan.roles[id].reach.empty())
            all.push_back({plan.roles[id].heading.name, plan.roles[id].heading.span});
    if (all.empty()) return;
    auto& d = sink.report(diagnostics::messages::role_unreachable, all.front().span, diagnostics::Words{list_of(all)},
                          diagnostics::Words{all.size() == 1 ? "has" : "have"});
    d.subject = {"role", all.front().name};
    d.related = further(all);
    d.help = "say its `phone`, `pager` or `chat`, or let a detector notify the role";
}

}  // namespace muster::analysis::rules
