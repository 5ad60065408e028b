// Three of four hours of a week are night or weekend. A role that has hours, and of which nobody says who answers outside them, answers at
// three in the morning as fast as at noon: in the figures.
#include <fmt/format.h>

#include "compiler/analysis/followed.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;

constexpr Time week = std::chrono::hours{24 * 7};

// Those that bring something back, or say that it is to be.
std::vector<bool> needed(const Facts& facts) {
    const Plan& plan = facts.plan;
    std::vector<bool> all(plan.roles.size());
    if (plan.declaration) all[plan.declaration->by.value.value] = true;
    const std::vector<bool> counts = followed_anywhere(plan, facts.estimates);
    for (const model::Step& step : plan.steps) {
        if (!counts[step.procedure.value] || step.afterwards) continue;
        for (const auto& role : step.by) all[role.value.value] = true;
        if (const auto* approve = step.action ? std::get_if<model::Approve>(&*step.action) : nullptr) all[approve->by.value] = true;
    }
    return all;
}

Time covered(const model::Role& role) {
    Time sum{0};
    for (const model::Hours& hours : role.hours)
        for (unsigned day = 0; day < 7; ++day)
            if ((hours.weekdays >> day & 1U) != 0) sum += hours.until - hours.from;
    return sum;
}

}  // namespace

void nobody_outside_hours(const Facts& facts, diagnostics::Sink& sink) {
    const std::vector<bool> needs = needed(facts);
    for (const auto id : facts.plan.roles.ids()) {
        const model::Role& role = facts.plan.roles[id];
        const Time hours = covered(role);
        if (!needs[id.value] || role.hours.empty() || role.responds_outside || role.escalation || hours >= week) continue;
        auto& d = sink.report(diagnostics::messages::nobody_outside_hours, role.hours.front().span, diagnostics::Name{role.heading.name},
                              diagnostics::Words{fmt::format("{} of the 168 hours of a week",
                                                             std::chrono::duration_cast<std::chrono::hours>(hours).count())});
        d.subject = {"role", role.heading.name};
        d.help = "say how long it takes then, `responds … outside hours`, or to whom it `escalates`";
    }
}

}  // namespace muster::analysis::rules
