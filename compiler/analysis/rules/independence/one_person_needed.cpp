// A plan is drawn with as many hands as there are boxes, and at night there is one person. Where an objective is missed only because
// steps queue for a role, this is one fact for the whole scenario, and what mends it can be computed: so many people.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/analysis/path.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;
using support::format_duration;

constexpr std::int64_t most_more = 4;   // people that are tried on top of those there are
constexpr std::size_t most_tried = 16;  // findings for which that is done: in a large plan each takes a while

// Missed, and kept if nobody had to wait.
bool missed_by_waiting(const ServiceOutcome& outcome) {
    return outcome.rto && outcome.verdict == Verdict::missed && outcome.critical_path && *outcome.critical_path <= outcome.rto->value;
}

// The role whose hands the path of `outcome` waits for longest.
std::optional<Id<model::Role>> waits_for(const Plan& plan, const Estimate& e, const ServiceOutcome& outcome) {
    std::optional<Id<model::Role>> role;
    Time longest{0};
    for (const PathPart& part : path_of(plan, e, outcome)) {
        if (part.kind != "queue" || part.end - part.begin <= longest) continue;
        for (const auto id : plan.roles.ids())
            if (plan.roles[id].heading.span == part.span) {
                role = id;
                longest = part.end - part.begin;
            }
    }
    return role;
}

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

using Services = std::vector<Id<model::Service>>;

// How many in the role would bring all of `late` back in time; nothing where so many do not either.
std::optional<std::int64_t> enough(const Facts& facts, const Estimate& e, Id<model::Role> role, const Services& late) {
    Plan changed = facts.plan;
    for (std::int64_t more = 1; more <= most_more; ++more) {
        changed.roles[role].headcount = facts.plan.roles[role].headcount + more;
        const Estimate after = estimate(changed, e.recovery.scenario, facts.schedules);
        const auto in_time = [&](Id<model::Service> id) { return after.services[id.value].verdict == Verdict::met; };
        if (std::all_of(late.begin(), late.end(), in_time)) return changed.roles[role].headcount;
    }
    return std::nullopt;
}

std::string advice(const Facts& facts, const Estimate& e, Id<model::Role> role, const Services& late, std::size_t number) {
    if (number > most_tried) return "more people, or others who do some of these steps, would keep some of them";
    const auto count = enough(facts, e, role, late);
    const std::string& name = facts.plan.roles[role].heading.name;
    if (count) return fmt::format("`headcount {}` of `{}` would keep them; so would others who do some of these steps", *count, name);
    return fmt::format(
        "even {} of `{}` would not be enough: some of these steps need less time, others who do them, or a way without people",
        facts.plan.roles[role].headcount + most_more, name);
}

std::vector<std::string> names_of(const Plan& plan, const Services& services) {
    std::vector<std::string> names;
    for (const auto id : services) names.push_back(plan.services[id].heading.name);
    return names;
}

void report(const Facts& facts, const Estimate& e, Id<model::Role> id, const Services& late, std::size_t number, diagnostics::Sink& sink) {
    const model::Role& role = facts.plan.roles[id];
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario].heading;
    Work work = work_of(facts.plan, e, id);
    auto& d = sink.report(diagnostics::messages::one_person_needed, role.heading.span, diagnostics::Name{role.heading.name},
                          diagnostics::Name{scenario.name},
                          diagnostics::Words{fmt::format("{} steps of {} together for {}, and only for that {} {} late", work.queue.size(),
                                                         format_duration(work.sum),
                                                         role.headcount == 1 ? "one person" : fmt::format("{} people", role.headcount),
                                                         list_of(names_of(facts.plan, late)), late.size() == 1 ? "is" : "are")});
    d.subject = {"role", role.heading.name};
    d.scenario = scenario.name;
    d.path = std::move(work.queue);
    d.help = advice(facts, e, id, late, number);
}

}  // namespace

void one_person_needed(const Facts& facts, diagnostics::Sink& sink) {
    std::size_t number = 0;
    for (const Estimate& e : facts.estimates) {
        std::map<Id<model::Role>, Services> late;
        for (const ServiceOutcome& outcome : e.services)
            if (missed_by_waiting(outcome))
                if (const auto role = waits_for(facts.plan, e, outcome)) late[*role].push_back(outcome.service);
        for (const auto& [role, services] : late) report(facts, e, role, services, ++number, sink);
    }
}

}  // namespace muster::analysis::rules
