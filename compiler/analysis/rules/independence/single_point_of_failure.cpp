// What stands once, and stands under what has to be back first, decides for all of it. Where a scenario takes it away, the plan has an
// answer, and its time is compared with the RTO; where none does, nobody has asked.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/touched.h"
#include "compiler/analysis/rules/urgency.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;
using model::Service;

// By service: one of the most urgent tier that cannot run without it, perhaps itself.
using Above = std::vector<std::optional<Id<Service>>>;

Above above_each(const Plan& plan, Time rto) {
    Above above(plan.services.size());
    std::vector<Id<Service>> open;
    for (const auto id : plan.services.ids())
        if (is_of_rto(plan, plan.services[id], rto)) {
            above[id.value] = id;
            open.push_back(id);
        }
    for (std::size_t i = 0; i < open.size(); ++i)
        for (const auto& any_of : plan.services[open[i]].needs) {
            if (any_of.size() != 1 || any_of.front().value.kind != model::Kind::service) continue;
            const Id<Service> needed{any_of.front().value.index};
            if (above[needed.value]) continue;
            above[needed.value] = above[open[i].value];
            open.push_back(needed);
        }
    return above;
}

// What the plan says of a service that has no double; empty where it has one, or the plan does not say.
std::string alone(const Plan& plan, const Service& service) {
    const auto& places = service.placements;
    const bool standby = std::any_of(places.begin(), places.end(), [](const auto& place) { return place.standby; });
    if (service.heals_in || standby || places.size() > 1 || service.replicas.value_or(1) > 1) return "";
    if (places.empty()) return service.replicas ? "once" : "";
    const model::Place& place = places.front().place;
    if (!place.zone && !service.replicas && plan.sites[place.site].zones.size() > 1) return "";
    const std::string& site = plan.sites[place.site].heading.name;
    return fmt::format("only at `{}`", place.zone ? site + "/" + plan.zones[*place.zone].name : site);
}

void look_at(const Facts& facts, Id<Service> id, Id<Service> above, Time rto, diagnostics::Sink& sink) {
    const Plan& plan = facts.plan;
    const Service& service = plan.services[id];
    const std::string where = alone(plan, service);
    if (where.empty()) return;
    const std::string& top = plan.services[above].heading.name;
    const std::string who =
        above == id ? fmt::format("it has to be back within {}", support::format_duration(rto))
                    : fmt::format("`{}`, which has to be back within {}, cannot run without it", top, support::format_duration(rto));
    auto& d = sink.report(diagnostics::messages::single_point_of_failure, service.heading.span, diagnostics::Name{service.heading.name},
                          diagnostics::Words{where}, diagnostics::Words{who});
    d.subject = {"service", service.heading.name};
    d.target = rto;
    d.help = fmt::format(
        "say what happens without it: a scenario that `fails {}`, a second place or more `replicas`, or what does instead "
        "(`needs {} or …`)",
        service.heading.name, service.heading.name);
}

}  // namespace

void single_point_of_failure(const Facts& facts, diagnostics::Sink& sink) {
    const Plan& plan = facts.plan;
    const auto rto = most_urgent_rto(plan);
    if (!rto || plan.scenarios.empty()) return;
    const Above above = above_each(plan, *rto);
    const Touched touched = touched_in(plan, facts.estimates);
    for (const auto id : plan.services.ids()) {
        const bool said_by_untouched =
            has_many_scenarios(plan) && !touched.services[id.value] && model::rto_of(plan, id, model::DisruptionKind::hardware);
        if (above[id.value] && !touched.failed[id.value] && !said_by_untouched) look_at(facts, id, *above[id.value], *rto, sink);
    }
}

}  // namespace muster::analysis::rules
