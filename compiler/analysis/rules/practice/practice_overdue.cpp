// A drill that is held once a quarter on paper and was held last a year ago has told nothing about the changes since; neither has a review.
// NIST SP 800-34 Rev. 1, 3.5 and 3.6: tests, training and exercises, and the plan's maintenance, happen at a set frequency.
#include "compiler/analysis/days.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

// More time has passed than the schedule ever leaves between two, and a day, since a date says no hour.
void look_at(const Facts& facts, std::string_view kind, const model::Heading& heading, const std::optional<model::Schedule>& schedule,
             const std::string& last, diagnostics::Sink& sink) {
    if (!schedule || last.empty()) return;
    const auto apart = longest_gap(*schedule, facts.schedules.as_of());
    const Time since = days_since(last, facts.schedules.as_of());
    if (!apart || since <= support::later(*apart, std::chrono::days{1})) return;
    auto& d = sink.report(diagnostics::messages::practice_overdue, schedule->span, diagnostics::Words{std::string{kind}},
                          diagnostics::Name{heading.name}, diagnostics::Words{last}, diagnostics::Duration{since},
                          diagnostics::Name{schedule->written}, diagnostics::Duration{*apart});
    d.subject = {std::string{kind}, heading.name};
    d.target = *apart;
    d.achieved = since;
    d.help = "do it, and say `last` anew; or say how often it is done in truth";
}

// The review of the plan itself, said twice: `reviewed … every …` has a finding of its own.
bool is_the_review(const model::Plan& plan, const model::Duty& duty) { return plan.review_every && duty.last == plan.reviewed; }

}  // namespace

void practice_overdue(const Facts& facts, diagnostics::Sink& sink) {
    for (const model::Drill& drill : facts.plan.drills) look_at(facts, "drill", drill.heading, drill.schedule, drill.last, sink);
    for (const model::Duty& duty : facts.plan.duties)
        if (!is_the_review(facts.plan, duty)) look_at(facts, "duty", duty.heading, duty.schedule, duty.last, sink);
}

}  // namespace muster::analysis::rules
