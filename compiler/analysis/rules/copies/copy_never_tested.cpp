// A backup that was never restored is a belief. A plan that tests some of its copies and not the one that its most urgent services come
// back from has put the test where it is easy.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/urgency.h"
#include "compiler/analysis/tests.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;

bool serves(const Plan& plan, Id<model::Dataset> data, Time rto) {
    const auto& users = plan.index.users[data.value];
    return std::any_of(users.begin(), users.end(), [&](Id<model::Service> id) { return is_of_rto(plan, plan.services[id], rto); });
}

bool can_be_tested(const model::Copy& copy) { return copy.backup() != nullptr || copy.archive() != nullptr; }

void report(const Facts& facts, const Estimate& e, const DataOutcome& outcome, diagnostics::Sink& sink) {
    const auto id = *outcome.from->copy;
    const auto& data = facts.plan.data[outcome.data].heading;
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario].heading;
    const std::string name = model::qualified_name(facts.plan, id);
    auto& d = sink.report(diagnostics::messages::copy_never_tested, facts.plan.copies[id].heading.span, diagnostics::Name{name},
                          diagnostics::Name{data.name}, diagnostics::Name{scenario.name});
    d.subject = {std::string{facts.plan.copies[id].kind_name()}, name};
    d.scenario = scenario.name;
    if (outcome.by) d.related = {{facts.plan.steps[*outcome.by].heading.span, "the step that restores it"}};
    d.help = "say `verify { every week; by restore; check sql \"…\" }` in it, or let a drill exercise it";
}

}  // namespace

void copy_never_tested(const Facts& facts, diagnostics::Sink& sink) {
    const auto rto = most_urgent_rto(facts.plan);
    Tests tests(facts.plan, facts.schedules.as_of());
    if (!rto || !tests.any()) return;  // a plan that tests nothing at all says nothing of tests
    std::set<Id<model::Copy>> reported;
    for (const Estimate& e : facts.estimates)
        for (const DataOutcome& outcome : e.data) {
            if (!outcome.by || !outcome.from || !outcome.from->copy || !serves(facts.plan, outcome.data, *rto)) continue;
            const auto id = *outcome.from->copy;
            if (!can_be_tested(facts.plan.copies[id]) || tests.within(id)) continue;
            if (reported.insert(id).second) report(facts, e, outcome, sink);
        }
}

}  // namespace muster::analysis::rules
