// What others run fails too, and nothing in the plan brings it back. A service of the most urgent tier that needs it has their availability
// and not its own; where the contract allows more than the RTO, that objective was never the plan's to promise.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/urgency.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;
using support::format_duration;

// By external: the services of that RTO that need it, with no alternative.
std::vector<std::vector<std::string>> needed_by(const Plan& plan, Time rto) {
    std::vector<std::vector<std::string>> names(plan.externals.size());
    for (const model::Service& service : plan.services) {
        if (!is_of_rto(plan, service, rto)) continue;
        for (const model::Alternatives& any : service.needs) {
            if (any.size() != 1 || any.front().value.kind != model::Kind::external) continue;
            auto& those = names[any.front().value.index];
            if (those.empty() || those.back() != service.heading.name) those.push_back(service.heading.name);
        }
    }
    return names;
}

// What a scenario says of its loss is another finding.
bool is_taken_away(const Facts& facts, Id<model::External> id) {
    return std::any_of(facts.estimates.begin(), facts.estimates.end(),
                       [&](const Estimate& e) { return e.recovery.impact.externals_down[id.value]; });
}

// How long it may be down in a year by its contract: `99.9%` are 8h45m36s.
std::optional<Time> allowed(const model::External& external) {
    const std::string& text = external.sla;
    if (text.empty() || text.back() != '%') return std::nullopt;
    std::int64_t millionths = 0, unit = 10'000;
    bool fraction = false;
    for (const char c : text.substr(0, text.size() - 1)) {
        if (c == '.') fraction = true;
        else if (fraction) millionths += (c - '0') * (unit /= 10);
        else millionths = millionths * 10 + (c - '0') * 10'000;
    }
    const std::int64_t year = std::chrono::duration_cast<Time>(std::chrono::hours{24 * 365}).count();
    return Time{year / 1'000'000 * (1'000'000 - millionths)};
}

std::string by_contract(const model::External& external, Time rto) {
    const auto time = allowed(external);
    if (!time || *time <= rto) return "";
    return fmt::format(": its {} allow {} in a year, and the RTO is {}", external.sla, format_duration(*time), format_duration(rto));
}

void look_at(const Facts& facts, Id<model::External> id, const std::vector<std::string>& names, Time rto, diagnostics::Sink& sink) {
    const model::External& external = facts.plan.externals[id];
    if (names.empty() || !external.fallbacks.empty() || !external.fallback.empty() || is_taken_away(facts, id)) return;
    auto& d = sink.report(diagnostics::messages::external_without_fallback, external.heading.span,
                          diagnostics::Words{names.size() == 1 ? list_of(names) : "each of " + list_of(names)},
                          diagnostics::Name{external.heading.name}, diagnostics::Words{by_contract(external, rto)});
    d.subject = {"external", external.heading.name};
    d.target = rto;
    d.help = fmt::format(
        "say what happens without it: a `fallback`, `needs {} or …`, `wants` where it can do without, or a scenario that "
        "`fails {}`",
        external.heading.name, external.heading.name);
}

}  // namespace

void external_without_fallback(const Facts& facts, diagnostics::Sink& sink) {
    const auto rto = most_urgent_rto(facts.plan);
    if (!rto) return;
    const auto names = needed_by(facts.plan, *rto);
    for (const auto id : facts.plan.externals.ids()) look_at(facts, id, names[id.value], *rto, sink);
}

}  // namespace muster::analysis::rules
