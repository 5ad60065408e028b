#include "compiler/analysis/reach.h"

#include <algorithm>

namespace muster::analysis {
namespace {

using model::Kind;
using model::Place;
using model::Plan;
using model::Service;
using model::Thing;

Spot in(Thing thing, const Spot& place) {
    Spot spot{thing};
    spot.insert(spot.end(), place.begin(), place.end());
    return spot;
}

std::vector<Spot> of_service(const Plan& plan, const Impact& impact, Id<Service> id) {
    for (const bool standby : {false, true}) {
        std::vector<Spot> spots;
        for (const model::Placement& placement : plan.services[id].placements)
            if (placement.standby == standby && !impact.down(placement.place))
                for (const Spot& place : spots_of(plan, impact, placement.place)) spots.push_back(in(model::thing(id), place));
        if (!spots.empty()) return spots;
    }
    return {{model::thing(id)}};
}

std::vector<Spot> of_tool(const Plan& plan, const Impact& impact, Id<model::Tool> id) {
    const model::Tool& tool = plan.tools[id];
    std::vector<Spot> spots;
    for (const auto& site : tool.at)
        if (!impact.sites_down[site.value.value])
            for (const Spot& place : spots_of(plan, impact, Place{site.value, {}})) spots.push_back(in(model::thing(id), place));
    if (tool.at.empty())
        for (const auto& home : tool.in)
            for (const Spot& place : spots_of(plan, impact, home.value)) spots.push_back(in(model::thing(id), place));
    return spots.empty() ? std::vector<Spot>{{model::thing(id)}} : spots;
}

bool lacks_needs_at(const Plan& plan, const Impact& impact, const Service& service, const Spot& spot,
                    const std::function<bool(Thing)>& away) {
    return std::any_of(service.needs.begin(), service.needs.end(), [&](const model::Alternatives& any_of) {
        return std::all_of(any_of.begin(), any_of.end(), [&](const auto& thing) {
            return away(thing.value) || (!impact.partition.whole() && !reaches(impact, spot, spots_of(plan, impact, thing.value)));
        });
    });
}

}  // namespace

std::vector<Spot> spots_of(const Plan& plan, const Impact& impact, const Place& place) {
    if (place.zone) return {{model::thing(*place.zone)}};
    std::vector<Spot> spots;
    for (const auto zone : plan.sites[place.site].zones)
        if (!impact.zones_down[zone.value]) spots.push_back({model::thing(zone)});
    return spots.empty() ? std::vector<Spot>{{model::thing(place.site)}} : spots;
}

std::vector<Spot> spots_of(const Plan& plan, const Impact& impact, Thing thing) {
    if (thing.kind == Kind::service) return of_service(plan, impact, {thing.index});
    if (thing.kind == Kind::tool) return of_tool(plan, impact, {thing.index});
    if (thing.kind == Kind::site) return spots_of(plan, impact, Place{{thing.index}, {}});
    if (thing.kind != Kind::dataset) return {{thing}};
    std::vector<Spot> spots;
    for (const auto& holder : plan.data[{thing.index}].in)
        for (Spot& spot : of_service(plan, impact, holder.value)) spots.push_back(std::move(spot));
    return spots.empty() ? std::vector<Spot>{{thing}} : spots;
}

bool reaches(const Impact& impact, const Spot& from, const std::vector<Spot>& to) {
    return std::any_of(to.begin(), to.end(), [&](const Spot& spot) { return !impact.partition.between(from, spot); });
}

bool reaches(const Impact& impact, const std::vector<Spot>& from, const std::vector<Spot>& to) {
    return std::any_of(from.begin(), from.end(), [&](const Spot& spot) { return reaches(impact, spot, to); });
}

bool lacks_needs(const Plan& plan, const Impact& impact, Id<Service> id, const std::function<bool(Thing)>& away) {
    const Service& service = plan.services[id];
    const auto lacks = [&](const Spot& spot) { return lacks_needs_at(plan, impact, service, spot, away); };
    if (impact.partition.whole()) return lacks({});
    const auto spots = of_service(plan, impact, id);
    return service.pinned ? std::any_of(spots.begin(), spots.end(), lacks) : std::all_of(spots.begin(), spots.end(), lacks);
}

bool lacks_something(const Plan& plan, const Impact& impact, Id<Service> id) {
    if (impact.partition.whole()) return false;
    const Service& service = plan.services[id];
    const auto away = [&](Thing thing) { return impact.down(thing); };
    const auto spots = of_service(plan, impact, id);
    return std::any_of(spots.begin(), spots.end(), [&](const Spot& spot) {
        const auto cut = [&](const auto& thing) { return !reaches(impact, spot, spots_of(plan, impact, thing.value)); };
        return lacks_needs_at(plan, impact, service, spot, away) || std::any_of(service.wants.begin(), service.wants.end(), cut);
    });
}

bool cut_off(const Plan& plan, const Impact& impact, Id<model::Dataset> data, const model::Replica& replica) {
    if (impact.partition.whole() || !replica.to) return false;
    const auto from = replica.from ? spots_of(plan, impact, *replica.from) : spots_of(plan, impact, model::thing(data));
    return !reaches(impact, from, spots_of(plan, impact, *replica.to));
}

bool cut_off(const Plan& plan, const Impact& impact, Id<model::Dataset> data, Id<model::Store> store) {
    return !impact.partition.whole() && !reaches(impact, spots_of(plan, impact, model::thing(data)), {{model::thing(store)}});
}

bool held_up(const Plan& plan, const Impact& impact, Id<Service> service) {
    if (impact.partition.whole()) return false;
    const auto& held = plan.index.held[service.value];
    return std::any_of(held.begin(), held.end(), [&](Id<model::Dataset> data) {
        const auto& copies = plan.index.copies[data.value];
        return std::any_of(copies.begin(), copies.end(), [&](Id<model::Copy> copy) {
            const model::Replica* replica = plan.copies[copy].replica();
            return replica != nullptr && replica->synchronous && !replica->falls_back && cut_off(plan, impact, data, *replica);
        });
    });
}

}  // namespace muster::analysis
