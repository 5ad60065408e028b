// A step that stops a service takes it away from whoever works elsewhere at that time. A step after it in the same procedure waits until
// the service is back; one that is performed side by side, or by another procedure, does not: which of the two comes first is known only
// once people and bandwidth are shared. So the figures leave that wait out, and the plan should say who comes first.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/stops.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Step;

// While a service is down that a step has stopped: from the end of that step until it is ready at last.
struct Outage {
    Id<Step> by;
    Id<model::Service> service;
    Time begin{0};
    Time end{0};
};

Time ready_at_last(const Estimate& e, Id<model::Service> service) {
    const NodeId ready = e.recovery.network.ready[service.value];
    return ready == 0 ? Time::zero() : e.outlook.times.end[ready];
}

// Of what a step stops, and of what needs that.
std::vector<Outage> outages(const Estimate& e, const Stops& stops) {
    std::vector<Outage> all;
    for (const Id<Step> by : stops.all()) {
        const Time begin = e.outlook.times.end[e.recovery.steps[by.value]];
        if (begin == support::never) continue;
        for (const auto service : stops.disturbed_by({by})) {
            const Time end = ready_at_last(e, {service});
            if (end > begin) all.push_back({by, {service}, begin, end});
        }
    }
    std::sort(all.begin(), all.end(),
              [](const Outage& a, const Outage& b) { return std::pair(a.by, a.service) < std::pair(b.by, b.service); });
    return all;
}

bool requires_service(const Step& step, Id<model::Service> service) {
    return std::any_of(step.required.begin(), step.required.end(),
                       [&](const auto& thing) { return thing.value.kind == model::Kind::service && thing.value.index == service.value; });
}

void report(const Facts& facts, const Estimate& e, Id<Step> id, const Outage& outage, diagnostics::Sink& sink) {
    const Step& step = facts.plan.steps[id];
    const Step& stopping = facts.plan.steps[outage.by];
    const std::string name = model::qualified_name(facts.plan, id), other = model::qualified_name(facts.plan, outage.by);
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario].heading;
    const Time begin = e.outlook.times.begin[e.recovery.steps[id.value]];
    auto& d = sink.report(diagnostics::messages::needed_while_stopped, step.heading.span, diagnostics::Name{name},
                          diagnostics::Name{facts.plan.services[outage.service].heading.name}, diagnostics::Name{scenario.name},
                          diagnostics::Duration{begin}, diagnostics::Name{other}, diagnostics::Duration{outage.begin},
                          diagnostics::Words{outage.end == support::never ? "for good" : "until " + support::format_duration(outage.end)});
    d.subject = {"step", name};
    d.scenario = scenario.name;
    d.related = {{stopping.heading.span, "this takes it down"}};
    d.help = step.procedure == stopping.procedure
                 ? fmt::format("order the two: `after {}` in step `{}`, or the other way round", stopping.heading.name, step.heading.name)
                 : "let one procedure do both, in the order that is meant";
}

}  // namespace

void needed_while_stopped(const Facts& facts, diagnostics::Sink& sink) {
    for (const Estimate& e : facts.estimates) {
        const Stops stops(facts.plan, e.recovery);
        for (const Outage& outage : outages(e, stops))
            for (const PlannedStep& planned : e.schedule) {
                const bool meanwhile = planned.begin < outage.end && planned.end > outage.begin && planned.end > planned.begin;
                const StepSet before = stops.before(planned.step);
                const bool waits = std::find(before.begin(), before.end(), outage.by) != before.end();
                if (planned.step == outage.by || !meanwhile || waits || !requires_service(facts.plan.steps[planned.step], outage.service))
                    continue;
                report(facts, e, planned.step, outage, sink);
            }
    }
}

}  // namespace muster::analysis::rules
