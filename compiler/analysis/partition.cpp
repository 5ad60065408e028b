#include "compiler/analysis/partition.h"

#include <algorithm>
#include <array>

namespace muster::analysis {
namespace {

using model::Kind;
using model::Plan;
using model::Thing;

// How closely something is named: itself, by its site, by a provider, region or account.
constexpr std::uint8_t itself = 0, by_site = 1, by_domain = 2;

template <class T>
bool lies_in(const T& item, std::uint32_t domain) {
    return std::any_of(item.domains.begin(), item.domains.end(), [&](const auto& each) { return each && each->value == domain; });
}

struct Domains {
    std::array<std::optional<Id<model::Domain>>, 3> domains;
};

template <class T>
Domains domains_of(const T& item) {
    return {{item.provider, item.region, item.account}};
}

}  // namespace

Partition::Partition(const Plan& plan, const model::Scenario& scenario) {
    for (const model::Cut& cut : scenario.cuts) {
        Sides& sides = cuts_.emplace_back();
        sides.services.resize(plan.services.size());
        sides.externals.resize(plan.externals.size());
        sides.tools.resize(plan.tools.size());
        sides.stores.resize(plan.stores.size());
        sides.sites.resize(plan.sites.size());
        sides.zones.resize(plan.zones.size());
        sides.domains.resize(plan.domains.size());
        for (const auto& thing : cut.a) mark(plan, thing.value, &Closeness::a, sides);
        for (const auto& thing : cut.b) mark(plan, thing.value, &Closeness::b, sides);
    }
}

void Partition::mark(const Plan& plan, Thing thing, std::uint8_t Closeness::*side, Sides& sides) {
    const auto put = [side](std::vector<Closeness>& list, std::uint32_t index, std::uint8_t closeness) {
        list[index].*side = std::min(list[index].*side, closeness);
    };
    const auto put_site = [&](Id<model::Site> site, std::uint8_t closeness) {
        put(sides.sites, site.value, closeness);
        for (const auto zone : plan.sites[site].zones) put(sides.zones, zone.value, closeness);
        for (const auto store : plan.stores.ids())
            if (plan.stores[store].at == site) put(sides.stores, store.value, closeness);
    };
    if (thing.kind == Kind::service) put(sides.services, thing.index, itself);
    if (thing.kind == Kind::external) put(sides.externals, thing.index, itself);
    if (thing.kind == Kind::tool) put(sides.tools, thing.index, itself);
    if (thing.kind == Kind::store) put(sides.stores, thing.index, itself);
    if (thing.kind == Kind::zone) put(sides.zones, thing.index, itself);
    if (thing.kind == Kind::site) put_site({thing.index}, by_site);
    if (thing.kind != Kind::domain) return;
    put(sides.domains, thing.index, by_domain);
    for (const auto site : plan.sites.ids())
        if (lies_in(domains_of(plan.sites[site]), thing.index)) put_site(site, by_domain);
    for (const auto store : plan.stores.ids())
        if (lies_in(domains_of(plan.stores[store]), thing.index)) put(sides.stores, store.value, by_domain);
}

// -1 and 1 are the two sides, 0 is neither.
int Partition::side_of(const Sides& sides, const Spot& spot) {
    const auto closeness_of = [&](Thing thing) -> Closeness {
        switch (thing.kind) {
            case Kind::service: return sides.services[thing.index];
            case Kind::external: return sides.externals[thing.index];
            case Kind::tool: return sides.tools[thing.index];
            case Kind::store: return sides.stores[thing.index];
            case Kind::site: return sides.sites[thing.index];
            case Kind::zone: return sides.zones[thing.index];
            case Kind::domain: return sides.domains[thing.index];
            default: return {};
        }
    };
    for (const Thing thing : spot) {
        const Closeness closeness = closeness_of(thing);
        if (closeness.a != closeness.b) return closeness.a < closeness.b ? -1 : 1;
    }
    return 0;
}

bool Partition::between(const Spot& a, const Spot& b) const {
    return std::any_of(cuts_.begin(), cuts_.end(), [&](const Sides& sides) { return side_of(sides, a) * side_of(sides, b) < 0; });
}

}  // namespace muster::analysis
