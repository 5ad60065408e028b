// A copy that lies where its original lies is gone when the original is: fire, a cut cable or a closed account take both. Of three copies
// one belongs somewhere else; a plan whose every copy shares the fate of the data has none for the day that the place is lost.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/analysis/holdings.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;

std::string names_of(const Plan& plan, const std::vector<Holding>& held) {
    std::string text;
    for (std::size_t i = 0; i < held.size(); ++i)
        text += (i == 0 ? "" : i + 1 == held.size() ? " and " : ", ") + quoted_name(plan, held[i]);
    return text;
}

// Stores of the plan that lie elsewhere, for advice.
std::string elsewhere(const Plan& plan, Id<model::Site> home) {
    for (const model::Store& store : plan.stores)
        if (store.at != home) return fmt::format("write one to `{}` too, which does not lie there", store.heading.name);
    for (const model::Site& site : plan.sites)
        if (site.heading.name != plan.sites[home].heading.name) return fmt::format("keep one at `{}`", site.heading.name);
    return "keep one at another site, or in a store outside it";
}

void report(const Plan& plan, Id<model::Dataset> id, const std::vector<Holding>& held, const std::string& where, std::string help,
            diagnostics::Sink& sink) {
    const auto& data = plan.data[id].heading;
    auto& d = sink.report(diagnostics::messages::copies_share_failure, data.span, diagnostics::Name{data.name}, diagnostics::Words{where},
                          diagnostics::Name{data.name}, diagnostics::Words{names_of(plan, held)});
    d.subject = {"data", data.name};
    std::set<Id<model::Store>> shown;
    for (const Holding& one : held)
        if (one.store && shown.insert(*one.store).second)
            d.related.push_back({plan.stores[*one.store].heading.span, "what is kept here goes with the data"});
    d.help = std::move(help);
}

void look_at(const Plan& plan, Id<model::Dataset> id, diagnostics::Sink& sink) {
    const auto held = holdings_of(plan, id);
    const auto homes = homes_of(plan, id);
    if (held.empty() || homes.size() != 1 || plan.data[id].rebuilt_in) return;
    const model::Site& home = plan.sites[homes.front()];
    if (std::all_of(held.begin(), held.end(), [&](const Holding& one) { return one.site == homes.front(); }))
        return report(plan, id, held, fmt::format("at `{}`", home.heading.name), elsewhere(plan, homes.front()), sink);
    // What cannot be changed outlives whoever takes over the account, though not its end.
    const bool same_account = home.account && std::all_of(held.begin(), held.end(), [&](const Holding& one) {
                                  return one.account == home.account && !one.immutable;
                              });
    if (same_account)
        report(plan, id, held, fmt::format("in account `{}`", plan.domains[*home.account].name),
               "whoever gets hold of the account deletes data and copies alike: keep one in another account, or make a store `immutable`",
               sink);
}

}  // namespace

void copies_share_failure(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.data.ids()) look_at(facts.plan, id, sink);
}

}  // namespace muster::analysis::rules
