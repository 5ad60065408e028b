// The scenarios of a plan are what its authors were afraid of. What none of them touches has an objective that nothing ever asks for:
// whether it can be kept is not known, however green the rest is.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/holdings.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/touched.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;

constexpr auto kind = model::DisruptionKind::hardware;

// The only store that any copy of `data` lies in; nothing where there are several, or something that is no store. Whoever has cloned a
// repository has another copy of it.
std::optional<Id<model::Store>> only_store(const Plan& plan, Id<model::Dataset> data) {
    std::optional<Id<model::Store>> only;
    for (const Holding& one : holdings_of(plan, data)) {
        if (!one.store || plan.copies[one.copy].repository() != nullptr || (only && *only != *one.store)) return std::nullopt;
        only = one.store;
    }
    return only;
}

std::vector<Named> untouched_services(const Plan& plan, const Touched& touched) {
    std::vector<Named> all;
    for (const auto id : plan.services.ids())
        if (!touched.services[id.value] && model::rto_of(plan, id, kind))
            all.push_back({plan.services[id].heading.name, plan.services[id].heading.span});
    return all;
}

// Data that nothing touches is in services that nothing touches: where these have an RTO, that is said already.
bool is_said(const Plan& plan, const model::Dataset& data) {
    return data.in.empty() || std::any_of(data.in.begin(), data.in.end(),
                                          [&](const auto& holder) { return model::rto_of(plan, holder.value, kind).has_value(); });
}

std::vector<Named> untouched_data(const Plan& plan, const Touched& touched) {
    std::vector<Named> all;
    for (const auto id : plan.data.ids())
        if (!touched.data[id.value] && !is_said(plan, plan.data[id]) && model::rpo_of(plan, id, kind))
            all.push_back({plan.data[id].heading.name, plan.data[id].heading.span});
    return all;
}

std::vector<Named> untouched_stores(const Plan& plan, const Touched& touched) {
    std::vector<bool> alone(plan.stores.size());
    for (const auto id : plan.data.ids())
        if (model::rpo_of(plan, id, kind))
            if (const auto store = only_store(plan, id)) alone[store->value] = true;
    std::vector<Named> all;
    for (const auto id : plan.stores.ids())
        if (alone[id.value] && !touched.stores[id.value] && !plan.stores[id].immutable)
            all.push_back({plan.stores[id].heading.name, plan.stores[id].heading.span});
    return all;
}

void report(const Plan& plan, const std::vector<Named>& all, std::string_view what, const std::string& question, std::string help,
            diagnostics::Sink& sink) {
    if (all.empty()) return;
    auto& d = sink.report(diagnostics::messages::untouched, all.front().span,
                          diagnostics::Count{static_cast<std::int64_t>(plan.scenarios.size())}, diagnostics::Words{list_of(all)},
                          diagnostics::Words{question});
    d.subject = {std::string(what), all.front().name};
    d.related = further(all);
    d.help = std::move(help);
}

std::string kept(const std::vector<Named>& all, std::string_view objective) {
    return fmt::format("whether {} {} can be kept", all.size() == 1 ? "its" : "their", objective);
}

}  // namespace

void untouched(const Facts& facts, diagnostics::Sink& sink) {
    const Plan& plan = facts.plan;
    if (!has_many_scenarios(plan)) return;
    const Touched touched = touched_in(plan, facts.estimates);
    const auto services = untouched_services(plan, touched), data = untouched_data(plan, touched), stores = untouched_stores(plan, touched);
    report(plan, services, "service", kept(services, "RTO"), "add a scenario in which it fails", sink);
    report(plan, data, "data", kept(data, "RPO"), "add a scenario in which it is deleted or corrupted, or what holds it fails", sink);
    report(plan, stores, "store", "what is left without it, though all copies of some data lie there",
           fmt::format("add a scenario that `fails store {}` or `compromises` it, or let a copy go somewhere else, too",
                       stores.empty() ? "" : stores.front().name),
           sink);
}

}  // namespace muster::analysis::rules
