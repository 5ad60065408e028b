#include "compiler/analysis/holdings.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/replication.h"

namespace muster::analysis {
namespace {

using model::Copy;
using model::Plan;
using model::Store;

// Where nothing is said, everything is kept.
Time longest_kept(const std::vector<model::Retention>& keep, Id<Store> store) {
    std::optional<Time> longest;
    for (const model::Retention& line : keep)
        if (!line.in || *line.in == store) longest = std::max(longest.value_or(Time::zero()), line.length.value_or(support::never));
    return longest.value_or(support::never);
}

Time kept_in(const Copy& copy, Id<Store> store) {
    if (copy.backup() != nullptr) return longest_kept(copy.backup()->keep, store);
    return copy.archive() != nullptr ? longest_kept(copy.archive()->keep, store) : support::never;
}

bool encrypted_by_tool(const Copy& copy) {
    if (copy.backup() != nullptr) return !copy.backup()->encrypted_with.empty();
    return copy.archive() != nullptr && !copy.archive()->encrypted_with.empty();
}

Holding in_store(const Plan& plan, Id<Copy> id, Id<Store> to) {
    const Store& store = plan.stores[to];
    Holding held{id, to, store.at, store.account, true, true, {}, store.immutable, kept_in(plan.copies[id], to)};
    if (!held.account && store.at) held.account = plan.sites[*store.at].account;
    held.encrypted = encrypted_by_tool(plan.copies[id]) || !store.encrypted.empty();
    return held;
}

Holding at_a_place(const Plan& plan, Id<Copy> id) {
    Holding held{id, {}, {}, {}, true, false, false, {}, Time::zero()};
    const model::Replica* replica = plan.copies[id].replica();
    if (replica == nullptr) {
        held.kept = support::never;
        return held;
    }
    held.keeps_past = replica->delayed.has_value();
    if (!replica->to) return held;
    held.site = replica->to->site;
    held.account = plan.sites[*held.site].account;
    return held;
}

std::vector<Id<Store>> stores_of(const Plan& plan, const Copy& copy) {
    std::vector<Id<Store>> all = copy.stores();
    for (const Replicated& one : replicated(plan, copy)) all.push_back(one.to);
    return all;
}

}  // namespace

std::vector<Holding> holdings_of(const Plan& plan, Id<model::Dataset> data) {
    std::vector<Holding> all;
    for (const auto id : plan.index.copies[data.value]) {
        const auto stores = stores_of(plan, plan.copies[id]);
        for (const auto store : stores) all.push_back(in_store(plan, id, store));
        const bool by_itself = plan.copies[id].replica() != nullptr || plan.copies[id].repository() != nullptr;
        if (stores.empty() && by_itself) all.push_back(at_a_place(plan, id));
    }
    return all;
}

std::string quoted_name(const Plan& plan, const Holding& holding) {
    const std::string& name = plan.copies[holding.copy].heading.name;
    return holding.store ? fmt::format("`{}` in `{}`", name, plan.stores[*holding.store].heading.name) : fmt::format("`{}`", name);
}

std::vector<Id<model::Site>> homes_of(const Plan& plan, Id<model::Dataset> data) {
    std::vector<Id<model::Site>> homes;
    for (const auto& holder : plan.data[data].in) {
        bool placed = false;
        for (const model::Placement& one : plan.services[holder.value].placements) {
            if (one.standby) continue;
            placed = true;
            if (std::find(homes.begin(), homes.end(), one.place.site) == homes.end()) homes.push_back(one.place.site);
        }
        if (!placed) return {};
    }
    return homes;
}

}  // namespace muster::analysis
