// Where most of a plan has objectives, what has none was forgotten, not forgiven: nobody will be told that it came back too late, and
// whoever recovers it last will be right.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

constexpr auto kind = model::DisruptionKind::hardware;

// Services that something with an RTO needs have to be back by then, whatever they say themselves.
std::vector<bool> bound_by_others(const model::Plan& plan) {
    std::vector<bool> bound(plan.services.size());
    std::vector<support::Id<model::Service>> open;
    for (const auto id : plan.services.ids())
        if (model::rto_of(plan, id, kind)) open.push_back(id);
    while (!open.empty()) {
        const auto id = open.back();
        open.pop_back();
        for (const auto& any_of : plan.services[id].needs)
            for (const auto& thing : any_of) {
                if (thing.value.kind != model::Kind::service || bound[thing.value.index]) continue;
                bound[thing.value.index] = true;
                open.push_back({thing.value.index});
            }
    }
    return bound;
}

// What others only want they can do without: its author has thought of it.
std::vector<bool> only_wanted(const model::Plan& plan) {
    std::vector<bool> wanted(plan.services.size());
    for (const model::Service& service : plan.services)
        for (const auto& thing : service.wants)
            if (thing.value.kind == model::Kind::service) wanted[thing.value.index] = true;
    return wanted;
}

// What was pushed is safe: a repository loses nothing.
bool is_versioned(const model::Plan& plan, support::Id<model::Dataset> data) {
    const auto& copies = plan.index.copies[data.value];
    return std::any_of(copies.begin(), copies.end(), [&](auto id) { return plan.copies[id].repository() != nullptr; });
}

bool says_rto(const model::Plan& plan, support::Id<model::Service> id) {
    const model::Service& service = plan.services[id];
    const bool of_tier = service.tier && !plan.tiers[service.tier->value].objectives.rto.under.empty();
    return of_tier || !service.objectives.rto.under.empty() || model::rto_of(plan, id, kind).has_value();
}

// Of at least three, more than half have one.
bool is_custom(std::size_t with, std::size_t without) { return with + without >= 3 && with > without; }

void report(const std::vector<Named>& without, std::size_t with, std::string_view what, std::string_view thing, diagnostics::Sink& sink) {
    if (without.empty() || !is_custom(with, without.size())) return;
    auto& d = sink.report(diagnostics::messages::objective_missing, without.front().span, diagnostics::Words{list_of(without)},
                          diagnostics::Words{without.size() == 1 ? "has" : "have"}, diagnostics::Words{std::string(what)},
                          diagnostics::Count{static_cast<std::int64_t>(with)});
    d.subject = {std::string(thing), without.front().name};
    d.related = further(without);
    d.help = fmt::format("say its `{}`, or give it a tier", what == "RTO" ? "rto" : "rpo");
}

}  // namespace

void objective_missing(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    const std::vector<bool> bound = bound_by_others(plan), wanted = only_wanted(plan);
    std::vector<Named> services, data;
    std::size_t with_rto = 0, with_rpo = 0;
    for (const auto id : plan.services.ids()) {
        if (says_rto(plan, id)) ++with_rto;
        else if (!bound[id.value] && !wanted[id.value])
            services.push_back({plan.services[id].heading.name, plan.services[id].heading.span});
    }
    for (const auto id : plan.data.ids()) {
        if (model::rpo_of(plan, id, kind)) ++with_rpo;
        else if (!plan.data[id].rebuilt_in && plan.data[id].objectives.rpo.under.empty() && !is_versioned(plan, id))
            data.push_back({plan.data[id].heading.name, plan.data[id].heading.span});
    }
    report(services, with_rto, "RTO", "service", sink);
    report(data, with_rpo, "RPO", "data", sink);
}

}  // namespace muster::analysis::rules
