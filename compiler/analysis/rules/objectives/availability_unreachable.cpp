// An availability target is a number of minutes a year. How often things fail, times how long it takes until they are back, is how many of
// them are gone on average; where that is more, the target is a wish.
#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using support::Id;

constexpr double year_ms = 365.0 * 24 * 3600 * 1000;

// What one scenario costs a service in a year, on average.
struct Share {
    const Estimate* estimate = nullptr;
    double ms = 0;
};

double events_in_a_year(const model::Likelihood& likelihood) {
    return likelihood.events.millionths / 1e6 * year_ms / static_cast<double>(likelihood.per.count());
}

// Nothing where the plan does not say how often, or the service is not out, or never comes back: that is a finding of its own.
double outage_in_a_year(const model::Scenario& scenario, const Estimate& e, const ServiceOutcome& outcome) {
    if (!scenario.likelihood || scenario.likelihood->per == Time::zero() || outcome.state < State::impaired) return 0;
    if (!outcome.rta || *outcome.rta == support::never) return 0;
    return events_in_a_year(*scenario.likelihood) * static_cast<double>((*outcome.rta + e.clock).count());
}

std::optional<support::Said<model::Percent>> target_of(const model::Plan& plan, const model::Service& service) {
    if (service.objectives.availability) return service.objectives.availability;
    return service.tier ? plan.tiers[service.tier->value].objectives.availability : std::nullopt;
}

Time rounded(double ms) { return Time{static_cast<std::int64_t>(ms / 1000) * 1000}; }

void judge(const Facts& facts, Id<model::Service> id, const support::Said<model::Percent>& target, diagnostics::Sink& sink) {
    double sum = 0;
    Share most;
    for (const Estimate& e : facts.estimates) {
        const double ms = outage_in_a_year(facts.plan.scenarios[e.recovery.scenario], e, e.services[id.value]);
        sum += ms;
        if (ms > most.ms) most = {&e, ms};
    }
    const double allowed = (1 - target.value.millionths / 1e6) * year_ms;
    if (most.estimate == nullptr || sum <= allowed) return;
    const auto& service = facts.plan.services[id].heading;
    const model::Scenario& scenario = facts.plan.scenarios[most.estimate->recovery.scenario];
    auto& d = sink.report(diagnostics::messages::availability_unreachable, target.span, diagnostics::Name{service.name},
                          diagnostics::Words{fmt::format("{:.6g}%", target.value.millionths / 10'000.0)},
                          diagnostics::Duration{rounded(allowed)}, diagnostics::Duration{rounded(sum)});
    d.subject = {"service", service.name};
    d.target = rounded(allowed);
    d.achieved = rounded(sum);
    d.related = {{scenario.likelihood->span,
                  fmt::format("`{}` alone takes {} of it", scenario.heading.name, support::format_duration(rounded(most.ms)))}};
    d.help = fmt::format("make `{}` rarer, or its recovery shorter; a target of {:.5g}% would be kept", scenario.heading.name,
                         std::floor((1 - sum / year_ms) * 1e5) / 1e3);
}

}  // namespace

void availability_unreachable(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.services.ids())
        if (const auto target = target_of(facts.plan, facts.plan.services[id])) judge(facts, id, *target, sink);
}

}  // namespace muster::analysis::rules
