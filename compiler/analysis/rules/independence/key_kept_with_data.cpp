// An encrypted backup whose key burnt with the data is noise. The copy was sent away so that it outlives the site; the key has to be sent
// away too, by another way, or the copy outlives it for nothing.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/analysis/holdings.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/secrets.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Kind;
using model::Plan;
using model::Thing;
using SiteId = Id<model::Site>;

bool lies_at(const Plan& plan, Thing thing, SiteId site);

bool all_at(const Plan& plan, const auto& things, SiteId site) {
    return !things.empty() && std::all_of(things.begin(), things.end(), [&](const auto& one) { return lies_at(plan, one.value, site); });
}

bool runs_at(const Plan& plan, Id<model::Service> service, SiteId site) {
    const auto& places = plan.services[service].placements;
    return !places.empty() && std::all_of(places.begin(), places.end(), [&](const auto& one) { return one.place.site == site; });
}

// Whether `thing` is gone when `site` is, as far as the plan says where it is.
bool lies_at(const Plan& plan, Thing thing, SiteId site) {
    switch (thing.kind) {
        case Kind::site: return thing.index == site.value;
        case Kind::store: return plan.stores[{thing.index}].at == site;
        case Kind::service: return runs_at(plan, {thing.index}, site);
        case Kind::tool: {
            const model::Tool& tool = plan.tools[{thing.index}];
            const bool at = !tool.at.empty() && std::all_of(tool.at.begin(), tool.at.end(), [&](const auto& s) { return s.value == site; });
            return at || all_at(plan, tool.in, site);
        }
        default: return false;
    }
}

void report(const Plan& plan, Id<model::Dataset> data, const Holding& held, Id<model::Secret> key, SiteId home, diagnostics::Sink& sink) {
    const model::Secret& secret = plan.secrets[key];
    const std::string copy = model::qualified_name(plan, held.copy);
    const std::string& site = plan.sites[home].heading.name;
    auto& d = sink.report(diagnostics::messages::key_kept_with_data, secret.heading.span, diagnostics::Name{secret.heading.name},
                          diagnostics::Name{copy}, diagnostics::Name{site}, diagnostics::Name{plan.data[data].heading.name},
                          diagnostics::Name{site});
    d.subject = {"secret", secret.heading.name};
    d.related = {{secret.kept_in.front().span, "kept here"}, {plan.copies[held.copy].heading.span, "what cannot be read without it"}};
    d.help = fmt::format("keep it at a second place too that does not lie at `{}`, with `kept in`", site);
}

// Copies that lie away from the data, and would outlive it.
void look_at(const Plan& plan, Id<model::Dataset> data, std::set<Id<model::Secret>>& reported, diagnostics::Sink& sink) {
    const auto homes = homes_of(plan, data);
    if (homes.size() != 1) return;
    for (const Holding& held : holdings_of(plan, data)) {
        if (!held.store || held.site == homes.front()) continue;
        for (const auto key : keys_of(plan, held.copy, *held.store))
            if (all_at(plan, plan.secrets[key].kept_in, homes.front()) && reported.insert(key).second)
                report(plan, data, held, key, homes.front(), sink);
    }
}

}  // namespace

void key_kept_with_data(const Facts& facts, diagnostics::Sink& sink) {
    std::set<Id<model::Secret>> reported;
    for (const auto id : facts.plan.data.ids()) look_at(facts.plan, id, reported, sink);
}

}  // namespace muster::analysis::rules
