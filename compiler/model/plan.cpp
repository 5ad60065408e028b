#include "compiler/model/plan.h"

#include <array>

namespace muster::model {
namespace {

std::optional<Said<Time>> own_or_tier(const Plan& plan, const Objectives& own, const std::optional<SaidId<Tier>>& tier,
                                      TimeObjective Objectives::*which, DisruptionKind kind) {
    if (auto said = (own.*which).at(kind)) return said;
    return tier ? (plan.tiers[tier->value].objectives.*which).at(kind) : std::nullopt;
}

void keep_smaller(std::optional<Said<Time>>& least, const std::optional<Said<Time>>& other) {
    if (other && (!least || other->value < least->value)) least = other;
}

}  // namespace

std::string name_of(const Plan& plan, Thing thing) {
    switch (thing.kind) {
        case Kind::service: return plan.services[{thing.index}].heading.name;
        case Kind::external: return plan.externals[{thing.index}].heading.name;
        case Kind::tool: return plan.tools[{thing.index}].heading.name;
        case Kind::store: return plan.stores[{thing.index}].heading.name;
        case Kind::dataset: return plan.data[{thing.index}].heading.name;
        case Kind::site: return plan.sites[{thing.index}].heading.name;
        case Kind::zone: {
            const Zone& zone = plan.zones[{thing.index}];
            return plan.sites[zone.site].heading.name + "/" + zone.name;
        }
        case Kind::domain: return plan.domains[{thing.index}].name;
        case Kind::role: return plan.roles[{thing.index}].heading.name;
        case Kind::secret: return plan.secrets[{thing.index}].heading.name;
    }
    return {};
}

std::string_view kind_of(const Plan& plan, Thing thing) {
    constexpr std::array<std::string_view, 3> levels{"provider", "region", "account"};
    constexpr std::array<std::string_view, 10> kinds{"service", "external", "tool",   "store", "data",
                                                     "site",    "zone",     "domain", "role",  "secret"};
    if (thing.kind == Kind::domain) return levels.at(static_cast<std::size_t>(plan.domains[{thing.index}].level));
    return kinds.at(static_cast<std::size_t>(thing.kind));
}

std::string qualified_name(const Plan& plan, Id<Step> step) {
    return plan.procedures[plan.steps[step].procedure].heading.name + "." + plan.steps[step].heading.name;
}

std::string qualified_name(const Plan& plan, Id<Copy> copy) {
    std::string name = plan.copies[copy].heading.name + " of ";
    for (const auto& data : plan.copies[copy].of) {
        if (&data != &plan.copies[copy].of.front()) name += ", ";
        name += plan.data[data.value].heading.name;
    }
    return name;
}

std::optional<Said<Time>> rto_of(const Plan& plan, Id<Service> service, DisruptionKind kind) {
    const Service& s = plan.services[service];
    return own_or_tier(plan, s.objectives, s.tier, &Objectives::rto, kind);
}

std::optional<Said<Time>> mtd_of(const Plan& plan, Id<Service> service, DisruptionKind kind) {
    const Service& s = plan.services[service];
    return own_or_tier(plan, s.objectives, s.tier, &Objectives::mtd, kind);
}

std::optional<Said<Time>> skew_of(const Plan& plan, Id<Service> service) {
    const Service& s = plan.services[service];
    std::optional<Said<Time>> least = s.objectives.skew;
    if (!least && s.tier) least = plan.tiers[s.tier->value].objectives.skew;
    if (!least) least = plan.objectives.skew;
    for (const auto data : plan.index.held[service.value]) keep_smaller(least, plan.data[data].objectives.skew);
    for (const auto& data : s.uses) keep_smaller(least, plan.data[data.value].objectives.skew);
    return least;
}

std::optional<Said<Time>> rpo_of(const Plan& plan, Id<Dataset> data, DisruptionKind kind) {
    const Dataset& d = plan.data[data];
    std::optional<Said<Time>> least = own_or_tier(plan, d.objectives, d.tier, &Objectives::rpo, kind);
    for (const Id<Classification> id : d.classified) keep_smaller(least, plan.classifications[id].objectives.rpo.at(kind));
    for (const Id<Service> id : plan.index.users[data.value]) {
        const Service& s = plan.services[id];
        keep_smaller(least, own_or_tier(plan, s.objectives, s.tier, &Objectives::rpo, kind));
    }
    return least;
}

}  // namespace muster::model
