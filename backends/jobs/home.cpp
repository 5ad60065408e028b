#include "backends/jobs/home.h"

#include <algorithm>

#include "backends/jobs/names.h"

namespace muster::backends::jobs {
namespace {

using model::Copy;
using model::Plan;
using model::Service;

const Service* with_namespace(const Plan& plan, const std::vector<Id<Service>>& services) {
    for (const Id<Service> id : services)
        if (plan.services[id].workload && !plan.services[id].workload->in_namespace.empty()) return &plan.services[id];
    return nullptr;
}

std::vector<Id<Service>> holders(const Plan& plan, const Copy& copy) {
    std::vector<Id<Service>> services;
    for (const auto& data : copy.of)
        for (const auto& holder : plan.data[data.value].in) services.push_back(holder.value);
    return services;
}

std::vector<Id<Service>> holders_and_users(const Plan& plan, const Copy& copy) {
    std::vector<Id<Service>> services = holders(plan, copy);
    for (const auto& data : copy.of)
        for (const Id<Service> id : plan.services.ids())
            if (std::ranges::any_of(plan.services[id].uses, [&](const auto& used) { return used.value == data.value; }))
                services.push_back(id);
    return services;
}

std::optional<Id<model::Site>> site_of(const Plan& plan, const Copy& copy) {
    for (const auto& data : copy.of)
        for (const auto& holder : plan.data[data.value].in)
            for (const model::Placement& placement : plan.services[holder.value].placements)
                if (!placement.standby) return placement.place.site;
    return first_active_site(plan);
}

}  // namespace

std::optional<Id<model::Site>> first_active_site(const Plan& plan) {
    for (const auto id : plan.sites.ids())
        if (plan.sites[id].standby == model::Site::Standby::none) return id;
    return plan.sites.empty() ? std::nullopt : std::optional(plan.sites.ids().front());
}

Home home_at(const Plan& plan, std::optional<Id<model::Site>> site) {
    Home home;
    if (site) home = {plan.sites[*site].heading.name, plan.sites[*site].cluster, {}};
    home.in_namespace = main_namespace(plan);
    return home;
}

Home home_of(const Plan& plan, const Copy& copy) {
    Home home = home_at(plan, site_of(plan, copy));
    if (const Service* service = with_namespace(plan, holders_and_users(plan, copy)))
        home.in_namespace = object_name(service->workload->in_namespace);
    return home;
}

std::vector<Id<model::Site>> standby_sites(const Plan& plan, const Copy& copy, const Home& home) {
    std::vector<Id<Service>> services = holders(plan, copy);
    if (services.empty()) services = holders_and_users(plan, copy);
    std::vector<Id<model::Site>> sites;
    for (const Id<model::Site> site : plan.sites.ids()) {
        if (plan.sites[site].heading.name == home.site) continue;
        const bool stands_by = std::ranges::any_of(services, [&](Id<Service> id) {
            const auto& placements = plan.services[id].placements;
            return std::ranges::any_of(placements, [&](const auto& one) { return one.standby && one.place.site == site; });
        });
        if (stands_by) sites.push_back(site);
    }
    return sites;
}

std::string main_namespace(const Plan& plan) {
    const Service* service = with_namespace(plan, plan.services.ids());
    return service == nullptr ? "default" : object_name(service->workload->in_namespace);
}

std::string service_in_namespace(const Plan& plan, const std::string& name) {
    for (const Service& service : plan.services)
        if (service.workload && object_name(service.workload->in_namespace.empty() ? "default" : service.workload->in_namespace) == name)
            return service.heading.name;
    return {};
}

}  // namespace muster::backends::jobs
