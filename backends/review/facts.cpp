#include "backends/review/facts.h"

#include <algorithm>

#include "compiler/analysis/closing.h"

namespace muster::backends::review {
namespace {

using analysis::Estimate;
using model::Step;
using support::Id;

std::optional<Id<Step>> step_called(const model::Plan& plan, const std::string& name) {
    for (const Id<Step> id : plan.steps.ids())
        if (qualified_name(plan, id) == name) return id;
    return std::nullopt;
}

std::optional<Time> since(evidence::Instant clock, const std::optional<evidence::Instant>& at) {
    return at ? std::optional(*at - clock) : std::nullopt;
}

StepFact fact_of(const model::Plan& plan, const Estimate* estimate, const evidence::StepRun& run, evidence::Instant clock) {
    StepFact fact{run, step_called(plan, run.name), since(clock, run.begin), since(clock, run.end), {}, {}, {}, {}};
    if (estimate == nullptr || !fact.step) return fact;
    for (const analysis::PlannedStep& planned : estimate->schedule)
        if (planned.step == *fact.step && planned.end != support::never)
            fact.planned_begin = planned.begin - estimate->clock, fact.planned_end = planned.end - estimate->clock;
    return fact;
}

// Where the plan does not order two steps, neither waited for the other.
void note_wait(const model::Plan& plan, std::vector<StepFact>& steps, StepFact& fact) {
    if (!fact.step || !fact.begin) return;
    const auto& after = plan.steps[*fact.step].after;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!steps[i].step || !steps[i].end || std::find(after.begin(), after.end(), *steps[i].step) == after.end()) continue;
        if (!fact.waited_for || *steps[i].end > *steps[*fact.waited_for].end) fact.waited_for = i;
    }
    if (fact.waited_for) fact.idle = *fact.begin - *steps[*fact.waited_for].end;
}

const StepFact* fact_about(const std::vector<StepFact>& steps, Id<Step> id) {
    for (const StepFact& fact : steps)
        if (fact.step && *fact.step == id) return &fact;
    return nullptr;
}

// Nothing where one of the steps that bring it back never ended.
std::optional<Time> reached(const Estimate& estimate, const analysis::ServiceOutcome& outcome, const std::vector<StepFact>& steps) {
    std::optional<Time> last;
    for (const analysis::Closing& closing : analysis::closing_steps(estimate, outcome)) {
        const StepFact* fact = fact_about(steps, closing.step);
        if (fact != nullptr && fact->run.skipped) continue;
        if (fact == nullptr || !fact->end) return std::nullopt;
        last = std::max(last.value_or(Time::min()), *fact->end + closing.rest);
    }
    return last;
}

std::vector<ServiceFact> services_of(const Estimate& estimate, const std::vector<StepFact>& steps) {
    std::vector<ServiceFact> facts;
    for (const analysis::ServiceOutcome& outcome : estimate.services) {
        if (outcome.state < analysis::State::impaired) continue;
        ServiceFact fact{outcome.service, {}, outcome.rta, {}};
        if (outcome.rto) fact.rto = outcome.rto->value;
        fact.reached = reached(estimate, outcome, steps);
        facts.push_back(fact);
    }
    return facts;
}

}  // namespace

std::optional<Time> StepFact::took() const { return begin && end ? std::optional(*end - *begin) : std::nullopt; }

std::optional<Time> StepFact::planned() const {
    if (planned_begin && planned_end) return *planned_end - *planned_begin;
    return run.planned;
}

Facts facts_of(const model::Plan& plan, const Estimate* estimate, const evidence::Run& run) {
    Facts facts{run.clock.value_or(run.events.front().at), {}, {}};
    for (const evidence::StepRun& one : evidence::steps_of(run)) facts.steps.push_back(fact_of(plan, estimate, one, facts.clock));
    for (StepFact& fact : facts.steps) note_wait(plan, facts.steps, fact);
    if (estimate != nullptr) facts.services = services_of(*estimate, facts.steps);
    return facts;
}

}  // namespace muster::backends::review
