#include "compiler/analysis/impact.h"

#include <algorithm>
#include <array>

#include "compiler/analysis/reach.h"

namespace muster::analysis {
namespace {

using model::Effect;
using model::Kind;
using model::Place;
using model::Plan;
using model::Service;
using model::Thing;

// Marks what a set of effects reaches: a thing and whatever lies inside it.
struct Reach {
    std::vector<bool> sites, zones, stores;
};

bool lies_in(const std::optional<Id<model::Domain>>& domain, std::uint32_t index) { return domain && domain->value == index; }

class Marker {
public:
    Marker(const Plan& plan, Reach& reach) : plan_(plan), reach_(reach) {}

    void mark(Thing thing) {
        if (thing.kind == Kind::domain) mark_domain(thing.index);
        if (thing.kind == Kind::site) mark_site(thing.index);
        if (thing.kind == Kind::zone) mark_zone(thing.index);
        if (thing.kind == Kind::store) reach_.stores[thing.index] = true;
    }

private:
    void mark_domain(std::uint32_t index) {
        for (const auto id : plan_.sites.ids()) {
            const model::Site& site = plan_.sites[id];
            if (lies_in(site.provider, index) || lies_in(site.region, index) || lies_in(site.account, index)) mark_site(id.value);
        }
        for (const auto id : plan_.stores.ids()) {
            const model::Store& store = plan_.stores[id];
            if (lies_in(store.provider, index) || lies_in(store.region, index) || lies_in(store.account, index))
                reach_.stores[id.value] = true;
        }
    }

    void mark_site(std::uint32_t index) {
        reach_.sites[index] = true;
        for (const auto zone : plan_.sites[{index}].zones) reach_.zones[zone.value] = true;
        for (const auto id : plan_.stores.ids())
            if (plan_.stores[id].at && plan_.stores[id].at->value == index) reach_.stores[id.value] = true;
    }

    // A site is gone once all of its zones are.
    void mark_zone(std::uint32_t index) {
        reach_.zones[index] = true;
        const auto site = plan_.zones[{index}].site;
        const auto& zones = plan_.sites[site].zones;
        if (std::all_of(zones.begin(), zones.end(), [&](auto zone) { return reach_.zones[zone.value]; })) mark_site(site.value);
    }

    const Plan& plan_;
    Reach& reach_;
};

Reach reach_of(const Plan& plan, const model::Scenario& scenario, std::initializer_list<Effect::Verb> verbs) {
    Reach reach{std::vector<bool>(plan.sites.size()), std::vector<bool>(plan.zones.size()), std::vector<bool>(plan.stores.size())};
    Marker marker(plan, reach);
    for (const Effect& effect : scenario.effects)
        if (std::find(verbs.begin(), verbs.end(), effect.verb) != verbs.end()) marker.mark(effect.thing);
    return reach;
}

bool place_in(const Place& place, const std::vector<bool>& sites, const std::vector<bool>& zones) {
    return sites[place.site.value] || (place.zone && zones[place.zone->value]);
}

// Whether any place where it is active lies in `sites` or `zones`; one that names no zone is spread over all of its site.
bool some_place_in(const Plan& plan, const Service& service, const std::vector<bool>& sites, const std::vector<bool>& zones) {
    return std::any_of(service.placements.begin(), service.placements.end(), [&](const model::Placement& placement) {
        const auto& all = plan.sites[placement.place.site].zones;
        const bool spread = !placement.place.zone && std::any_of(all.begin(), all.end(), [&](auto zone) { return zones[zone.value]; });
        return !placement.standby && (place_in(placement.place, sites, zones) || spread);
    });
}

bool lost_some_place(const Plan& plan, const Impact& impact, const Service& service) {
    return some_place_in(plan, service, impact.sites_down, impact.zones_down);
}

// Whether it is destroyed itself, or in every place where it is active.
bool wiped_out(const Plan& plan, const model::Scenario& scenario, const Impact& impact, Id<Service> id) {
    const auto hit = [&](const Effect& effect) { return effect.verb == Effect::Verb::destroys && effect.thing == model::thing(id); };
    if (std::any_of(scenario.effects.begin(), scenario.effects.end(), hit)) return true;
    bool any_active = false;
    for (const model::Placement& placement : plan.services[id].placements) {
        if (placement.standby) continue;
        any_active = true;
        if (!destroyed(impact, placement.place)) return false;
    }
    return any_active;
}

class Analysis {
public:
    Analysis(const Plan& plan, const model::Scenario& scenario) : plan_(plan), scenario_(scenario) {}

    Impact run() {
        impact_.partition = Partition(plan_, scenario_);
        places();
        domains();
        directly_hit();
        damage();
        attack();
        destruction();
        failures();
        spread();
        tools_inside();
        degrade();
        return std::move(impact_);
    }

private:
    void places() {
        const Reach down = reach_of(plan_, scenario_, {Effect::Verb::fails, Effect::Verb::destroys});
        const Reach destroyed_places = reach_of(plan_, scenario_, {Effect::Verb::destroys});
        const Reach compromised = reach_of(plan_, scenario_, {Effect::Verb::compromises});
        impact_.sites_down = down.sites;
        impact_.zones_down = down.zones;
        impact_.stores_down = down.stores;
        impact_.sites_destroyed = destroyed_places.sites;
        impact_.zones_destroyed = destroyed_places.zones;
        impact_.stores_destroyed = destroyed_places.stores;
        impact_.sites_compromised = compromised.sites;
        impact_.stores_compromised = compromised.stores;
    }

    // What is named itself is down even where nothing lies in it that the plan knows.
    void domains() {
        std::vector<std::size_t> inside(plan_.domains.size()), left(plan_.domains.size());
        const auto count = [&](const std::optional<Id<model::Domain>>& domain, bool down) {
            if (!domain) return;
            ++inside[domain->value];
            left[domain->value] += down ? 0U : 1U;
        };
        const auto count_all = [&](const auto& item, bool down) {
            for (const auto& domain : {item.provider, item.region, item.account}) count(domain, down);
        };
        for (const auto id : plan_.sites.ids()) count_all(plan_.sites[id], impact_.sites_down[id.value]);
        for (const auto id : plan_.stores.ids()) count_all(plan_.stores[id], impact_.stores_down[id.value]);
        for (std::size_t i = 0; i < inside.size(); ++i) impact_.domains_down.push_back(inside[i] > 0 && left[i] == 0);
        for (const Effect& effect : scenario_.effects)
            if (effect.thing.kind == Kind::domain && (effect.verb == Effect::Verb::fails || effect.verb == Effect::Verb::destroys))
                impact_.domains_down[effect.thing.index] = true;
    }

    void directly_hit() {
        impact_.services.assign(plan_.services.size(), State::unaffected);
        impact_.externals_down.assign(plan_.externals.size(), false);
        impact_.tools_down.assign(plan_.tools.size(), false);
        impact_.roles_absent.assign(plan_.roles.size(), false);
        for (const auto id : plan_.tools.ids()) {
            const auto& at = plan_.tools[id].at;
            impact_.tools_down[id.value] =
                !at.empty() && std::all_of(at.begin(), at.end(), [&](const auto& site) { return impact_.sites_down[site.value.value]; });
        }
        for (const Effect& effect : scenario_.effects) {
            if (effect.verb == Effect::Verb::absent) impact_.roles_absent[effect.thing.index] = true;
            if (effect.verb != Effect::Verb::fails && effect.verb != Effect::Verb::destroys) continue;
            if (effect.thing.kind == Kind::service) impact_.services[effect.thing.index] = State::failed;
            if (effect.thing.kind == Kind::external) impact_.externals_down[effect.thing.index] = true;
            if (effect.thing.kind == Kind::tool) impact_.tools_down[effect.thing.index] = true;
        }
    }

    void damage() {
        impact_.data_damaged.assign(plan_.data.size(), false);
        for (const Effect& effect : scenario_.effects)
            if (effect.thing.kind == Kind::dataset) impact_.data_damaged[effect.thing.index] = true;
        for (const auto id : plan_.data.ids())
            for (const auto& holder : plan_.data[id].in)
                for (const model::Placement& placement : plan_.services[holder.value].placements)
                    if (!placement.standby && impact_.sites_compromised[placement.place.site.value]) impact_.data_damaged[id.value] = true;
    }

    void attack() {
        const auto any = [](const std::vector<bool>& flags) { return std::find(flags.begin(), flags.end(), true) != flags.end(); };
        impact_.damage = any(impact_.data_damaged) || any(impact_.sites_compromised) || any(impact_.stores_compromised);
    }

    void destruction() {
        impact_.data_destroyed.assign(plan_.data.size(), false);
        for (const auto id : plan_.data.ids()) {
            const auto& holders = plan_.data[id].in;
            impact_.data_destroyed[id.value] = !holders.empty() && std::all_of(holders.begin(), holders.end(), [&](const auto& holder) {
                return wiped_out(plan_, scenario_, impact_, holder.value);
            });
        }
    }

    void failures() {
        for (const auto id : plan_.services.ids()) {
            const Service& service = plan_.services[id];
            const bool pinned_and_hit = service.pinned && lost_some_place(plan_, impact_, service);
            if (lost_every_place(impact_, service) || pinned_and_hit) impact_.services[id.value] = State::failed;
        }
        for (const auto id : plan_.data.ids()) {
            if (!impact_.data_damaged[id.value]) continue;
            for (const auto& holder : plan_.data[id].in) impact_.services[holder.value.value] = State::failed;
        }
    }

    bool is_impaired(Id<Service> id) const {
        const Service& service = plan_.services[id];
        const bool needs_lost =
            lacks_needs(plan_, impact_, id, [&](Thing thing) { return impact_.down(thing); }) || held_up(plan_, impact_, id);
        const bool data_lost =
            std::any_of(service.uses.begin(), service.uses.end(), [&](const auto& data) { return impact_.data_damaged[data.value.value]; });
        return needs_lost || data_lost;
    }

    // Whoever needs something that has become unavailable is looked at again.
    void spread() {
        const auto& needed_by = plan_.index.needed_by;
        std::vector<Id<Service>> open = plan_.services.ids();
        while (!open.empty()) {
            const Id<Service> id = open.back();
            open.pop_back();
            if (impact_.unavailable(id) || !is_impaired(id)) continue;
            impact_.services[id.value] = State::impaired;
            open.insert(open.end(), needed_by[id.value].begin(), needed_by[id.value].end());
        }
    }

    // A tool that lives in others is down while all of these are. No service needs a tool, so that this changes no state.
    void tools_inside() {
        impact_.tools_hit = impact_.tools_down;
        for (const auto id : plan_.tools.ids()) {
            const auto& in = plan_.tools[id].in;
            if (!in.empty() && std::all_of(in.begin(), in.end(), [&](const auto& thing) { return impact_.down(thing.value); }))
                impact_.tools_down[id.value] = true;
        }
    }

    void degrade() {
        for (const auto id : plan_.services.ids()) {
            const Service& service = plan_.services[id];
            const bool misses =
                std::any_of(service.wants.begin(), service.wants.end(), [&](const auto& thing) { return impact_.down(thing.value); });
            if (!impact_.unavailable(id) && (misses || lost_some_place(plan_, impact_, service) || lacks_something(plan_, impact_, id)))
                impact_.services[id.value] = State::degraded;
        }
    }

    const Plan& plan_;
    const model::Scenario& scenario_;
    Impact impact_;
};

}  // namespace

std::string_view state_name(State state) {
    constexpr std::array<std::string_view, 4> names{"unaffected", "degraded", "impaired", "failed"};
    return names.at(static_cast<std::size_t>(state));
}

bool Impact::down(const Place& place) const { return place_in(place, sites_down, zones_down); }

bool Impact::down(Thing thing) const {
    switch (thing.kind) {
        case Kind::service: return services[thing.index] >= State::impaired;
        case Kind::external: return externals_down[thing.index];
        case Kind::tool: return tools_down[thing.index];
        case Kind::store: return stores_down[thing.index];
        case Kind::dataset: return data_damaged[thing.index];
        case Kind::site: return sites_down[thing.index];
        case Kind::zone: return zones_down[thing.index];
        case Kind::role: return roles_absent[thing.index];
        case Kind::domain: return domains_down[thing.index];
        case Kind::secret: break;
    }
    return false;
}

bool destroyed(const Impact& impact, const Place& place) { return place_in(place, impact.sites_destroyed, impact.zones_destroyed); }

bool destroyed(const Plan& plan, const model::Scenario& scenario, const Impact& impact, Id<Service> id) {
    const Service& service = plan.services[id];
    if (service.pinned && some_place_in(plan, service, impact.sites_destroyed, impact.zones_destroyed)) return true;
    return wiped_out(plan, scenario, impact, id);
}

bool skipped(const Impact& impact, const model::Step& step) {
    return std::any_of(step.skip_if_down.begin(), step.skip_if_down.end(), [&](const auto& thing) { return impact.down(thing.value); });
}

bool lost_every_place(const Impact& impact, const Service& service) {
    bool any_active = false;
    for (const model::Placement& placement : service.placements) {
        if (placement.standby) continue;
        any_active = true;
        if (!impact.down(placement.place)) return false;
    }
    return any_active;
}

Impact impact_of(const Plan& plan, const model::Scenario& scenario) { return Analysis(plan, scenario).run(); }

}  // namespace muster::analysis
