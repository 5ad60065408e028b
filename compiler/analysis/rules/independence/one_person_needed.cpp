// A plan is drawn with as many hands as there are boxes, and at night there is one person. Where an RTO is missed only because steps queue
// for a role, the queue is the cause, and what mends it can be computed: so many people.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/analysis/rules/queue.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;
using support::format_duration;

constexpr std::int64_t most_more = 4;   // people that are tried on top of those there are
constexpr std::size_t most_tried = 16;  // queues for which that is done: in a large plan each takes a while

bool wants(const model::Step& step, Id<model::Role> role) {
    return std::any_of(step.by.begin(), step.by.end(), [&](const auto& one) { return one.value == role; });
}

// All that one role does in a scenario, in order.
struct Work {
    std::vector<diagnostics::Label> queue;
    Time sum{0};
};

Work work_of(const Plan& plan, const Estimate& e, Id<model::Role> role) {
    Work work;
    for (const PlannedStep& planned : e.schedule) {
        const model::Step& step = plan.steps[planned.step];
        if (!wants(step, role) || planned.end == support::never || planned.end == planned.begin) continue;
        const Time waited = planned.begin - planned.ready;
        work.sum = support::later(work.sum, planned.end - planned.begin);
        work.queue.push_back(
            {step.heading.span, fmt::format("{:>12}  +{}  step `{}`{}", format_duration(planned.begin),
                                            format_duration(planned.end - planned.begin), model::qualified_name(plan, planned.step),
                                            waited > Time::zero() ? fmt::format(" (waited {})", format_duration(waited)) : std::string{})});
    }
    return work;
}

using Late = std::vector<const ServiceOutcome*>;

// How many in the role would bring all of `late` back in time; nothing where so many do not either.
std::optional<std::int64_t> enough(const Facts& facts, const Estimate& e, Id<model::Role> role, const Late& late) {
    Plan changed = facts.plan;
    for (std::int64_t more = 1; more <= most_more; ++more) {
        changed.roles[role].headcount = facts.plan.roles[role].headcount + more;
        const Estimate after = estimate(changed, e.recovery.scenario, facts.schedules);
        const auto in_time = [&](const ServiceOutcome* one) { return after.services[one->service.value].verdict == Verdict::met; };
        if (std::all_of(late.begin(), late.end(), in_time)) return changed.roles[role].headcount;
    }
    return std::nullopt;
}

std::string advice(const Facts& facts, const Estimate& e, Id<model::Role> role, const Late& late) {
    const auto count = enough(facts, e, role, late);
    const std::string& name = facts.plan.roles[role].heading.name;
    if (count) return fmt::format("`headcount {}` of `{}` would keep it; so would others who do some of these steps", *count, name);
    return fmt::format(
        "even {} of `{}` would not be enough: some of these steps need less time, others who do them, or a way without people",
        facts.plan.roles[role].headcount + most_more, name);
}

std::string workers(const model::Role& role) { return role.headcount == 1 ? "one person" : fmt::format("{} people", role.headcount); }

void report(const Facts& facts, const Estimate& e, Id<model::Role> id, const Work& work, const ServiceOutcome& outcome, std::string help,
            diagnostics::Sink& sink) {
    const model::Role& role = facts.plan.roles[id];
    const auto& service = facts.plan.services[outcome.service].heading;
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario].heading;
    auto& d = sink.report(diagnostics::messages::rto_missed, outcome.rto->span, diagnostics::Name{service.name},
                          diagnostics::Duration{outcome.rto->value}, diagnostics::Name{scenario.name},
                          diagnostics::Words{fmt::format("back after {}, {} too late, and after {} if nobody had to wait for `{}`",
                                                         format_duration(*outcome.rta), format_duration(*outcome.rta - outcome.rto->value),
                                                         format_duration(*outcome.critical_path), role.heading.name)});
    d.primary.text = "RTO declared here";
    d.subject = {"service", service.name};
    d.scenario = scenario.name;
    d.target = outcome.rto->value;
    d.achieved = outcome.rta;
    d.cause = fmt::format("wait for `{}`", role.heading.name);
    d.related = {
        {role.heading.span, fmt::format("{} for {} steps of {} together", workers(role), work.queue.size(), format_duration(work.sum))}};
    d.path = work.queue;
    d.help = std::move(help);
}

}  // namespace

void one_person_needed(const Facts& facts, diagnostics::Sink& sink) {
    std::size_t tried = 0;
    for (const Estimate& e : facts.estimates) {
        std::map<Id<model::Role>, Late> queues;
        for (const ServiceOutcome& outcome : e.services)
            if (const auto role = late_only_for(facts.plan, e, outcome)) queues[*role].push_back(&outcome);
        for (const auto& [role, late] : queues) {
            const std::string help = ++tried > most_tried ? "more people, or others who do some of these steps, would keep some of them"
                                                          : advice(facts, e, role, late);
            const Work work = work_of(facts.plan, e, role);
            for (const ServiceOutcome* outcome : late) report(facts, e, role, work, *outcome, help, sink);
        }
    }
}

}  // namespace muster::analysis::rules
