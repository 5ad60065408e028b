// People leave, addresses change, services move: a plan that nobody has read for longer than it says of itself is about another estate.
// NIST SP 800-34 Rev. 1, 3.6: the plan is reviewed at a set frequency, and whenever something significant changes.
#include "compiler/analysis/days.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {

void review_overdue(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    if (!plan.review_every || plan.reviewed.empty()) return;
    const Time since = days_since(plan.reviewed, facts.schedules.as_of());
    if (since <= plan.review_every->value) return;
    auto& d = sink.report(diagnostics::messages::review_overdue, plan.review_every->span, diagnostics::Words{plan.reviewed},
                          diagnostics::Duration{since}, diagnostics::Duration{plan.review_every->value});
    d.subject = {"plan", plan.heading.name};
    d.target = plan.review_every->value;
    d.achieved = since;
    d.help = "read it with those who would act by it, mend what is no longer so, and say the new date";
}

}  // namespace muster::analysis::rules
