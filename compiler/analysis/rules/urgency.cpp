#include "compiler/analysis/rules/urgency.h"

#include <algorithm>

namespace muster::analysis::rules {

std::optional<support::Time> most_urgent_rto(const model::Plan& plan) {
    std::optional<support::Time> smallest;
    for (const model::Tier& tier : plan.tiers)
        if (const auto& rto = tier.objectives.rto.general) smallest = std::min(smallest.value_or(support::never), rto->value);
    return smallest;
}

bool is_of_rto(const model::Plan& plan, const model::Service& service, support::Time rto) {
    if (!service.tier) return false;
    const auto& general = plan.tiers[service.tier->value].objectives.rto.general;
    return general && general->value == rto;
}

}  // namespace muster::analysis::rules
