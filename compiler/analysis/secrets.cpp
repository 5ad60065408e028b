#include "compiler/analysis/secrets.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::analysis {
namespace {

using model::Copy;
using model::Kind;
using model::Plan;
using model::Scenario;
using model::Secret;
using model::Store;

bool is_lost(const Plan& plan, const Scenario& scenario, const Impact& impact, Id<model::Service> id) {
    const auto& placements = plan.services[id].placements;
    const auto gone = [&](const model::Placement& one) {
        return one.standby || destroyed(impact, one.place) || (impact.down(one.place) && !scenario.lasts);
    };
    const bool runs_somewhere = std::any_of(placements.begin(), placements.end(), [](const auto& one) { return !one.standby; });
    return runs_somewhere && std::all_of(placements.begin(), placements.end(), gone);
}

bool destroyed_as_a_whole(const Plan& plan, const Scenario& scenario, const Impact& impact, model::Thing thing) {
    const auto names_it = [&](const model::Effect& effect) {
        return effect.verb == model::Effect::Verb::destroys && effect.thing == thing;
    };
    if (std::any_of(scenario.effects.begin(), scenario.effects.end(), names_it)) return true;
    if (thing.kind == Kind::store) return impact.stores_destroyed[thing.index];
    if (thing.kind == Kind::site) return impact.sites_destroyed[thing.index];
    if (thing.kind != Kind::tool) return false;
    const auto& at = plan.tools[{thing.index}].at;
    return !at.empty() && std::all_of(at.begin(), at.end(), [&](const auto& site) { return impact.sites_destroyed[site.value.value]; });
}

bool is_lost(const Plan& plan, const Scenario& scenario, const Impact& impact, model::Thing thing) {
    if (thing.kind == Kind::service) return is_lost(plan, scenario, impact, Id<model::Service>{thing.index});
    if (destroyed_as_a_whole(plan, scenario, impact, thing)) return true;
    if (thing.kind != Kind::tool) return impact.down(thing) && !scenario.lasts;
    const auto& home = plan.tools[{thing.index}].in;
    const auto gone = [&](const model::SaidThing& one) { return is_lost(plan, scenario, impact, one.value); };
    return (impact.tools_hit[thing.index] && !scenario.lasts) || (!home.empty() && std::all_of(home.begin(), home.end(), gone));
}

}  // namespace

std::vector<Id<Secret>> keys_of(const Plan& plan, Id<Copy> copy, Id<Store> store) {
    std::vector<Id<Secret>> keys;
    const auto add = [&](const std::optional<model::SaidId<Secret>>& said) {
        if (said && std::find(keys.begin(), keys.end(), said->value) == keys.end()) keys.push_back(said->value);
    };
    add(plan.stores[store].key_secret);
    if (const auto* backup = plan.copies[copy].backup()) add(backup->key_secret);
    const auto* archive = plan.copies[copy].archive();
    if (archive == nullptr) return keys;
    add(archive->key_secret);
    const auto* base = archive->base ? plan.copies[archive->base->value].backup() : nullptr;
    if (base != nullptr) add(base->key_secret);
    return keys;
}

bool is_lost(const Plan& plan, const Scenario& scenario, const Impact& impact, Id<Secret> secret) {
    const auto& places = plan.secrets[secret].kept_in;
    return !places.empty() &&
           std::all_of(places.begin(), places.end(), [&](const auto& place) { return is_lost(plan, scenario, impact, place.value); });
}

std::string unreadable(const Plan& plan, const Scenario& scenario, const Impact& impact, Id<Copy> copy, Id<Store> store) {
    for (const auto key : keys_of(plan, copy, store))
        if (is_lost(plan, scenario, impact, key))
            return fmt::format("its key `{}` is kept nowhere that is left", plan.secrets[key].heading.name);
    const auto& credentials = plan.stores[store].credentials;
    const bool locked_out = !credentials.empty() && std::all_of(credentials.begin(), credentials.end(), [&](const auto& one) {
        return is_lost(plan, scenario, impact, one.value);
    });
    if (!locked_out) return "";
    return fmt::format("nobody can read `{}`: its credentials `{}` are kept nowhere that is left", plan.stores[store].heading.name,
                       plan.secrets[credentials.front().value].heading.name);
}

}  // namespace muster::analysis
