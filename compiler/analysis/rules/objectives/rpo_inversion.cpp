// A service that may lose a quarter of an hour and works on data of another that may lose a day comes back with yesterday's data: the two
// promises were made without each other.
#include <fmt/format.h>

#include <optional>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Dataset;
using model::Service;
using support::Id;

constexpr auto kind = model::DisruptionKind::hardware;

// A service with an RPO of its own or of its tier, and where it needs what holds the data.
struct Tighter {
    Id<Service> service;
    support::Said<Time> rpo;
    support::Span needed;
};

std::optional<support::Said<Time>> rpo_said_for(const model::Plan& plan, const Service& service) {
    if (const auto own = service.objectives.rpo.at(kind)) return own;
    return service.tier ? plan.tiers[service.tier->value].objectives.rpo.at(kind) : std::nullopt;
}

// Alternatives leave a way out, and are not asked.
std::optional<support::Span> where_needed(const Service& service, Id<Service> what) {
    for (const auto& any_of : service.needs)
        if (any_of.size() == 1 && any_of.front().value == model::thing(what)) return any_of.front().span;
    return std::nullopt;
}

std::vector<Tighter> tighter_than(const model::Plan& plan, Id<Service> holder, Time rpo) {
    std::vector<Tighter> all;
    for (const auto id : plan.index.needed_by[holder.value]) {
        const auto said = rpo_said_for(plan, plan.services[id]);
        const auto needed = where_needed(plan.services[id], holder);
        if (said && needed && said->value < rpo) all.push_back({id, *said, *needed});
    }
    return all;
}

void report(const model::Plan& plan, Id<Dataset> data, Id<Service> holder, const support::Said<Time>& rpo, const std::vector<Tighter>& all,
            diagnostics::Sink& sink) {
    const Tighter& first = all.front();
    const auto& name = plan.services[first.service].heading.name;
    const auto& lost = plan.data[data].heading.name;
    auto& d =
        sink.report(diagnostics::messages::rpo_inversion, first.needed, diagnostics::Name{name}, diagnostics::Duration{first.rpo.value},
                    diagnostics::Name{plan.services[holder].heading.name}, diagnostics::Name{lost}, diagnostics::Duration{rpo.value});
    d.primary.text = "needed here";
    d.subject = {"service", name};
    d.target = first.rpo.value;
    d.achieved = rpo.value;
    d.related = {{first.rpo.span, fmt::format("RPO of `{}`", name)}, {rpo.span, fmt::format("RPO of `{}`", lost)}};
    for (std::size_t i = 1; i < all.size() && i < 8; ++i)
        d.related.push_back({all[i].needed, fmt::format("`{}` needs it too", plan.services[all[i].service].heading.name)});
    d.help = fmt::format("give `{}` an RPO of {} or less, or say on `{}` what it can bear", lost, support::format_duration(first.rpo.value),
                         name);
}

// The data in `holder` that may lose least: which of several a service works on is not said. Nothing where some of it has no RPO.
std::optional<std::pair<Id<Dataset>, support::Said<Time>>> tightest_in(const model::Plan& plan, Id<Service> holder) {
    std::optional<std::pair<Id<Dataset>, support::Said<Time>>> tightest;
    for (const auto data : plan.index.held[holder.value]) {
        if (plan.data[data].rebuilt_in) continue;
        const auto rpo = model::rpo_of(plan, data, kind);
        if (!rpo) return std::nullopt;
        if (!tightest || rpo->value < tightest->second.value) tightest = {data, *rpo};
    }
    return tightest;
}

}  // namespace

void rpo_inversion(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    for (const auto holder : plan.services.ids()) {
        const auto held = tightest_in(plan, holder);
        if (!held) continue;
        const auto all = tighter_than(plan, holder, held->second.value);
        if (!all.empty()) report(plan, held->first, holder, held->second, all, sink);
    }
}

}  // namespace muster::analysis::rules
