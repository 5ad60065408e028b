#include "compiler/analysis/replication.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace muster::analysis {

std::vector<Replicated> replicated(const model::Plan& plan, const model::Copy& copy) {
    const std::vector<Id<model::Store>> written = copy.stores();
    const auto rank = [&](const Replicated& one) { return std::tuple(one.lag, plan.stores[one.from].heading.name); };
    std::map<Id<model::Store>, Replicated> found;
    for (const auto from : written)
        for (const model::StoreReplication& replication : plan.stores[from].replicates) {
            const auto to = replication.to.value;
            if (std::find(written.begin(), written.end(), to) != written.end()) continue;
            const Replicated one{from, to, replication.lag.planning(), replication.with_deletes};
            const auto [known, fresh] = found.try_emplace(to, one);
            if (!fresh && rank(one) < rank(known->second)) known->second = one;
        }
    std::vector<Replicated> all;
    for (const auto& [to, one] : found) all.push_back(one);
    const auto name = [&](const Replicated& one) { return plan.stores[one.to].heading.name; };
    std::sort(all.begin(), all.end(), [&](const Replicated& a, const Replicated& b) { return name(a) < name(b); });
    return all;
}

}  // namespace muster::analysis
