#include "compiler/analysis/rules/touched.h"

#include <algorithm>

namespace muster::analysis::rules {
namespace {

void mark(std::vector<bool>& all, const std::vector<bool>& some) {
    for (std::size_t i = 0; i < some.size(); ++i)
        if (some[i]) all[i] = true;
}

void mark_services(const Impact& impact, Touched& touched) {
    for (std::size_t i = 0; i < impact.services.size(); ++i) {
        if (impact.services[i] != State::unaffected) touched.services[i] = true;
        if (impact.services[i] == State::failed) touched.failed[i] = true;
    }
}

// Nothing reaches data whose holder is down.
void mark_held(const model::Plan& plan, Touched& touched) {
    for (const auto id : plan.data.ids())
        for (const auto& holder : plan.data[id].in)
            if (touched.services[holder.value.value]) touched.data[id.value] = true;
}

}  // namespace

Touched touched_in(const model::Plan& plan, const std::vector<Estimate>& estimates) {
    Touched touched{std::vector<bool>(plan.services.size()), std::vector<bool>(plan.services.size()), std::vector<bool>(plan.data.size()),
                    std::vector<bool>(plan.stores.size())};
    for (const Estimate& e : estimates) {
        const Impact& impact = e.recovery.impact;
        mark_services(impact, touched);
        mark(touched.data, impact.data_damaged);
        mark(touched.data, impact.data_destroyed);
        mark(touched.stores, impact.stores_down);
        mark(touched.stores, impact.stores_compromised);
    }
    mark_held(plan, touched);
    return touched;
}

bool has_many_scenarios(const model::Plan& plan) { return plan.scenarios.size() >= 3; }

}  // namespace muster::analysis::rules
