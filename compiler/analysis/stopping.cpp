#include "compiler/analysis/stopping.h"

#include <algorithm>

namespace muster::analysis {

support::Time time_to_stop(const model::Plan& plan, support::Id<model::Copy> replica) {
    std::optional<support::Time> longest;
    const auto add = [&](support::Id<model::Role> role) {
        longest = std::max(longest.value_or(support::Time::zero()), plan.roles[role].worst_response());
    };
    for (const model::Step& step : plan.steps) {
        const auto* promote = step.action ? std::get_if<model::Promote>(&*step.action) : nullptr;
        if (promote == nullptr || promote->replica != replica) continue;
        for (const auto& role : step.by) add(role.value);
    }
    if (!longest && plan.declaration) add(plan.declaration->by.value);
    return longest.value_or(support::Time::zero());
}

}  // namespace muster::analysis
