#include "compiler/analysis/link.h"

#include <algorithm>

namespace muster::analysis {
namespace {

using model::Link;
using model::Plan;
using model::Site;

bool joins(const Link& link, Id<Site> a, Id<Site> b) {
    if (!link.a || !link.b) return false;
    return (link.a->value == a && link.b->value == b) || (link.a->value == b && link.b->value == a);
}

// One that says nothing about its bandwidth limits nothing.
bool wider(const Link& a, const Link& b) {
    if (!a.bandwidth || !b.bandwidth) return !a.bandwidth && (b.bandwidth || a.heading.name < b.heading.name);
    const auto in_the_time_of_both = [](support::Rate rate, support::Rate other) {
        return static_cast<__int128>(rate.bytes) * other.per.count();
    };
    const __int128 x = in_the_time_of_both(a.bandwidth->value, b.bandwidth->value);
    const __int128 y = in_the_time_of_both(b.bandwidth->value, a.bandwidth->value);
    return x != y ? x > y : a.heading.name < b.heading.name;
}

template <class Fits>
std::optional<Id<Site>> first_place(const Plan& plan, Id<model::Dataset> data, Fits fits) {
    for (const auto& holder : plan.data[data].in)
        for (const model::Placement& placement : plan.services[holder.value].placements)
            if (fits(placement)) return placement.place.site;
    return std::nullopt;
}

}  // namespace

std::optional<Id<Link>> link_between(const Plan& plan, std::optional<Id<Site>> a, std::optional<Id<Site>> b) {
    std::optional<Id<Link>> best;
    if (!a || !b || *a == *b) return best;
    for (const auto id : plan.links.ids())
        if (joins(plan.links[id], *a, *b) && (!best || wider(plan.links[id], plan.links[*best]))) best = id;
    return best;
}

std::optional<Id<Site>> home_of(const Plan& plan, Id<model::Dataset> data) {
    return first_place(plan, data, [](const model::Placement& placement) { return !placement.standby; });
}

std::optional<Id<Site>> sink_of(const Plan& plan, const Impact& impact, const model::Step& step, Id<model::Dataset> data) {
    if (step.on) return step.on->value.site;
    for (const bool standby : {false, true}) {
        const auto site = first_place(
            plan, data, [&](const model::Placement& placement) { return placement.standby == standby && !impact.down(placement.place); });
        if (site) return site;
    }
    return home_of(plan, data);
}

}  // namespace muster::analysis
