#include "backends/runbook/place.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace muster::backends::runbook {
namespace {

using model::Placement;
using model::Service;

const Placement* placement_of(const analysis::Impact& impact, const Service& service) {
    for (const bool standby : {false, true})
        for (const Placement& placement : service.placements)
            if (placement.standby == standby && !impact.down(placement.place)) return &placement;
    return service.placements.empty() ? nullptr : &service.placements.front();
}

// What is cut off is where the service was active, down or not: what stands by elsewhere is what takes over.
const Placement* fenced_placement(const Service& service) {
    const auto active = std::find_if(service.placements.begin(), service.placements.end(), [](const auto& one) { return !one.standby; });
    return active == service.placements.end() ? nullptr : &*active;
}

bool is_fence(const StepIn& in) { return in.step().action && std::holds_alternative<model::Fence>(*in.step().action); }

std::optional<Id<model::Site>> site_of(const StepIn& in, std::optional<Id<Service>> service) {
    if (in.step().on) return in.step().on->value.site;
    if (!service) return std::nullopt;
    const Service& at = in.plan.services[*service];
    const Placement* placement = is_fence(in) ? fenced_placement(at) : placement_of(in.recovery.impact, at);
    return placement == nullptr ? std::nullopt : std::optional(placement->place.site);
}

std::optional<Id<model::Dataset>> written_data(const model::Step& step) {
    if (!step.action) return std::nullopt;
    if (const auto* promote = std::get_if<model::Promote>(&*step.action)) return promote->data;
    const auto* restore = std::get_if<model::Restore>(&*step.action);
    return restore == nullptr || restore->data.empty() ? std::nullopt : std::optional(restore->data.front().value);
}

// Whether the step promotes a replica that the primary's site, or another with the same cluster, holds.
bool promotes_beside_primary(const StepIn& in) {
    const auto* promote = in.step().action ? std::get_if<model::Promote>(&*in.step().action) : nullptr;
    if (promote == nullptr) return false;
    const model::Replica& replica = *in.plan.copies[promote->replica].replica();
    if (!replica.from || !replica.to) return false;
    const auto cluster = [&](const model::Place& place) { return in.plan.sites[place.site].cluster; };
    return replica.from->site == replica.to->site || (!cluster(*replica.to).empty() && cluster(*replica.from) == cluster(*replica.to));
}

std::optional<Id<Service>> only_database(const model::Plan& plan) {
    std::optional<Id<Service>> only;
    for (const Id<Service> id : plan.services.ids()) {
        if (plan.services[id].engine.empty()) continue;
        if (only) return std::nullopt;
        only = id;
    }
    return only;
}

}  // namespace

Where where_of(const StepIn& in, std::optional<Id<Service>> service) {
    Where where;
    if (const auto site = site_of(in, service)) {
        where.site = in.plan.sites[*site].heading.name;
        where.cluster = in.plan.sites[*site].cluster;
    }
    if (service && in.plan.services[*service].workload) where.in_namespace = in.plan.services[*service].workload->in_namespace;
    return where;
}

Where where_of(const StepIn& in) {
    const auto& recovers = in.procedure().recovers;
    return where_of(in, recovers.empty() ? std::nullopt : std::optional(recovers.front().value));
}

bool is_fenced_from_outside(const StepIn& in, Id<Service> service) {
    if (in.step().on) return false;
    const Placement* placement = fenced_placement(in.plan.services[service]);
    return placement != nullptr && in.recovery.impact.down(placement->place);
}

std::string workload_of(const Service& service) {
    constexpr std::array<std::string_view, 3> known{"deployment", "statefulset", "daemonset"};
    if (!service.workload) return {};
    for (const std::string_view kind : known)
        if (service.workload->kind == kind) return service.workload->kind + "/" + service.workload->name;
    return {};
}

std::string pods_key(const Where& where, const Service& service) {
    return where.cluster + "\n" + where.in_namespace + "\n" + workload_of(service);
}

std::string why_not_in_pods(const StepIn& in, const Where& where, const Service& service) {
    const auto gone = in.gone.find(pods_key(where, service));
    if (gone != in.gone.end())
        return fmt::format("Step {} has scaled {} to 0: no command can run in its pods.", gone->second, workload_of(service));
    if (!promotes_beside_primary(in)) return {};
    return fmt::format("The plan does not say in which pods the replica runs; those of {} are the primary's.", workload_of(service));
}

std::optional<Id<Service>> holder_of(const model::Plan& plan, Id<model::Dataset> data) {
    const auto& in = plan.data[data].in;
    return in.empty() ? std::nullopt : std::optional(in.front().value);
}

std::optional<Id<Service>> database_of(const StepIn& in) {
    if (const auto data = written_data(in.step())) return holder_of(in.plan, *data);
    for (const auto& service : in.procedure().recovers)
        if (!in.plan.services[service.value].engine.empty()) return service.value;
    return only_database(in.plan);
}

bool is_postgres(const Service& service) { return service.engine.starts_with("postgres"); }

}  // namespace muster::backends::runbook
