#include "backends/runbook/moved.h"

#include <algorithm>

namespace muster::backends::runbook {
namespace {

using model::Place;
using model::Service;
using model::Site;

class Gathering {
public:
    explicit Gathering(const model::Plan& plan) : plan_(plan) {}

    void add(const Stop& stop) {
        const model::Step& step = stop.in.step();
        stop_ = &stop;
        const bool told = step.action && std::visit([this](const auto& action) { return note(action); }, *step.action);
        if (step.undo) moved_.undone.insert(moved_.undone.begin(), stop.in.id);
        else if (!told && step.on && is_standby(step.on->value.site)) moved_.left.insert(moved_.left.begin(), stop.in.id);
    }

    Moved take() { return std::move(moved_); }

private:
    Lent lent() const { return {stop_->in.step().by, stop_->in.step().takes}; }

    bool is_standby(Id<Site> site) const { return plan_.sites[site].standby != Site::Standby::none; }

    // Where the service runs as long as nothing happens.
    std::optional<Place> home_of(const Service& service, Id<Site> away) const {
        for (const model::Placement& placement : service.placements)
            if (!placement.standby && placement.place.site != away) return placement.place;
        return std::nullopt;
    }

    std::optional<Id<Site>> site_of(Id<Service> service) const {
        const std::string site = where_of(stop_->in, service).site;
        for (const Id<Site> id : plan_.sites.ids())
            if (plan_.sites[id].heading.name == site) return id;
        return std::nullopt;
    }

    // From where a switch to `to` led away: the home of the first service that the procedure recovers there.
    std::optional<Id<Site>> home_before(Id<Site> to) const {
        for (const auto& said : stop_->in.procedure().recovers)
            if (const auto home = home_of(plan_.services[said.value], to)) return home->site;
        return std::nullopt;
    }

    // Each of the following is true where it has told what there is to undo, or that there is nothing.
    bool note(const model::Promote& promote) {
        const model::Replica& replica = *plan_.copies[promote.replica].replica();
        if (replica.from && replica.to) moved_.data.push_back({promote.data, promote.replica, *replica.from, *replica.to, lent()});
        return true;
    }

    bool note(const model::Restore& restore) {
        for (const auto& said : restore.data) {
            const auto holder = holder_of(plan_, said.value);
            const auto site = holder ? site_of(*holder) : std::nullopt;
            const auto home =
                site && runs_as_standby(plan_.services[*holder], *site) ? home_of(plan_.services[*holder], *site) : std::nullopt;
            if (home) moved_.data.push_back({said.value, {}, *home, {*site, {}}, lent()});
        }
        return true;
    }

    static bool runs_as_standby(const Service& service, Id<Site> site) {
        return std::any_of(service.placements.begin(), service.placements.end(),
                           [&](const auto& placement) { return placement.standby && placement.place.site == site; });
    }

    bool note(const model::Scale& scale) {
        for (const auto& said : scale.services) {
            const Service& service = plan_.services[said.value];
            const auto site = site_of(said.value);
            if (scale.replicas == 0 || !site || !runs_as_standby(service, *site)) continue;
            if (const auto home = home_of(service, *site))
                moved_.services.push_back({said.value, service.replicas.value_or(scale.replicas), home->site, *site, lent()});
        }
        return true;
    }

    bool note(const model::SwitchDns& dns) {
        if (const auto home = home_before(dns.to)) moved_.names.push_back({model::SwitchDns{dns.name, *home, dns.ttl}, {}, lent()});
        return true;
    }

    bool note(const model::SwitchTraffic& traffic) {
        if (const auto home = home_of(plan_.services[traffic.service], traffic.to))
            moved_.names.push_back({{}, model::SwitchTraffic{traffic.service, home->site}, lent()});
        return true;
    }

    bool note(const model::Provision& provision) {
        moved_.built.push_back(provision.site);
        return true;
    }

    bool note(const model::Notify& notify) {
        for (const auto& said : notify.channels)
            if (std::none_of(moved_.told.begin(), moved_.told.end(), [&](const auto& one) { return one.value == said.value; }))
                moved_.told.push_back(said);
        return true;
    }

    bool note(const model::Apply&) { return false; }
    bool note(const model::Run&) { return false; }
    bool note(const model::Manual&) { return false; }
    template <class Other>
    bool note(const Other&) {
        return true;
    }

    const model::Plan& plan_;
    const Stop* stop_ = nullptr;
    Moved moved_;
};

}  // namespace

Moved moved_by(const Itinerary& itinerary) {
    Gathering gathering(itinerary.plan);
    for (const Stop& stop : itinerary.stops)
        if (!stop.skip_expected) gathering.add(stop);
    return gathering.take();
}

}  // namespace muster::backends::runbook
