// A service is available no longer than what it needs, and bears no longer an outage. Where the tier of what is needed promises less, the
// promise of the higher tier was never computed.
#include <fmt/format.h>

#include <map>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Tier;
using support::Id;

// What the tier of what is needed promises less of; empty where it promises as much.
std::string shortfall(const Tier& upper, const Tier& lower) {
    const auto percent = [](model::Percent p) { return fmt::format("{:.6g}%", p.millionths / 10'000.0); };
    const auto &available = upper.objectives.availability, &less = lower.objectives.availability;
    if (available && less && less->value < available->value)
        return fmt::format("{} available, and {}", percent(available->value), percent(less->value));
    const auto &bears = upper.objectives.mtd.general, &longer = lower.objectives.mtd.general;
    if (bears && longer && longer->value > bears->value)
        return fmt::format("down for at most {}, and for at most {}", support::format_duration(bears->value),
                           support::format_duration(longer->value));
    return "";
}

// By the two tiers: where services of the first need services of the second.
using Needs = std::map<std::pair<Id<Tier>, Id<Tier>>, std::vector<Named>>;

void gather(const model::Plan& plan, const model::Service& service, Needs& needs) {
    for (const auto& any_of : service.needs) {
        if (any_of.size() != 1 || any_of.front().value.kind != model::Kind::service || !service.tier) continue;
        const auto& other = plan.services[{any_of.front().value.index}];
        if (!other.tier || other.tier->value == service.tier->value) continue;
        needs[{service.tier->value, other.tier->value}].push_back(
            {fmt::format("`{}` needs `{}`", service.heading.name, other.heading.name), any_of.front().span});
    }
}

}  // namespace

void tier_inversion(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    Needs needs;
    for (const model::Service& service : plan.services) gather(plan, service, needs);
    for (const auto& [tiers, where] : needs) {
        const Tier &upper = plan.tiers[tiers.first], &lower = plan.tiers[tiers.second];
        const std::string less = shortfall(upper, lower);
        if (less.empty()) continue;
        auto& d = sink.report(diagnostics::messages::tier_inversion, where.front().span, diagnostics::Name{upper.heading.name},
                              diagnostics::Name{lower.heading.name}, diagnostics::Words{less});
        d.primary.text = where.front().name;
        d.subject = {"tier", upper.heading.name};
        for (std::size_t i = 1; i < where.size() && i < 8; ++i) d.related.push_back({where[i].span, where[i].name});
        d.help = fmt::format("put what is needed into `{}`, or say `wants` where it can be done without", upper.heading.name);
    }
}

}  // namespace muster::analysis::rules
