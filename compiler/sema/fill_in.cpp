#include <algorithm>

#include "compiler/sema/profiles.h"

namespace muster::sema {
namespace {

using model::Figure;
using model::Plan;
using support::Said;
using Found = std::optional<Figures::Found>;
using Kindred = std::vector<std::string>;  // what figures may be for: an engine, a kind of workload; none is anything

class Filler {
public:
    explicit Filler(Context& context) : plan_(context.plan), figures_(context.names.figures) {}

    void run() {
        for (model::Store& store : plan_.stores) fill(store);
        for (model::Copy& copy : plan_.copies) fill(copy);
        for (model::Step& step : plan_.steps)
            if (step.action && !step.takes) fill(step);
        for (model::Scenario& scenario : plan_.scenarios)
            if (scenario.likelihood && !scenario.likelihood->level.empty()) fill(*scenario.likelihood);
    }

private:
    void fill(model::Store& store) {
        if (store.storage_class.empty() || store.retrieval) return;
        if (const Found found = figures_.find(Figure::Of::storage, store.storage_class, store.type))
            store.retrieval = Said<model::Duration>{figures_.duration(*found, plan_), store.heading.span};
    }

    void fill(model::Copy& copy) {
        if (copy.backup() != nullptr && !copy.backup()->tool.empty())
            if (const Found found = figures_.find(Figure::Of::loading, copy.backup()->tool))
                copy.loads_at = figures_.taken<support::Rate>(*found, plan_);
        if (copy.archive() != nullptr && !copy.archive()->replay) fill_replay(copy);
    }

    // Data of several engines is replayed as fast as the slowest of them.
    void fill_replay(model::Copy& copy) {
        auto& archive = std::get<model::Archive>(copy.means);
        std::optional<model::Taken<support::Rate>> slowest;
        for (const std::string& engine : engines_of(copy)) {
            const Found found = figures_.find(Figure::Of::replaying, engine);
            if (!found) return;
            const auto rate = figures_.taken<support::Rate>(*found, plan_);
            const support::Rate slower = slowest ? support::slower(slowest->value, rate.value) : rate.value;
            if (!slowest || (slower.bytes == rate.value.bytes && slower.per == rate.value.per)) slowest = rate;
        }
        if (!slowest) return;
        archive.replay = Said<support::Rate>{slowest->value, copy.heading.span};
        archive.replay_origin = slowest->origin;
    }

    Kindred engines_of(const model::Copy& copy) const {
        Kindred engines;
        for (const auto& data : copy.of)
            for (const auto& holder : plan_.data[data.value].in) engines.push_back(engine_of(plan_.services[holder.value]));
        return engines;
    }

    // `postgres` of `postgres 15`.
    static std::string engine_of(const model::Service& service) { return service.engine.substr(0, service.engine.find(' ')); }

    // An engine says more than a kind of workload.
    Found figure_for(std::string_view action, const model::Service& service) const {
        const std::string engine = engine_of(service);
        if (const Found found = engine.empty() ? Found{} : figures_.find(Figure::Of::action, action, engine);
            found && is_for(*found, engine))
            return found;
        return figures_.find(Figure::Of::action, action, service.workload ? service.workload->kind : std::string{});
    }

    bool is_for(const Figures::Found& found, const std::string& kind) const { return Figures::figure(found, plan_).kind == kind; }

    // The figures that a step does not say: one for each thing that it acts on. Nothing where one of them has none.
    std::optional<std::vector<Figures::Found>> figures_for(const model::Action& action) const {
        const std::string_view name = model::action_name(action);
        std::vector<Found> each;
        const auto add_services = [&](const auto& services) {
            for (const auto& service : services) each.push_back(figure_for(name, plan_.services[service.value]));
        };
        if (const auto* scale = std::get_if<model::Scale>(&action)) add_services(scale->services);
        else if (const auto* restart = std::get_if<model::Restart>(&action)) add_services(restart->services);
        else if (const auto* back = std::get_if<model::RollBack>(&action)) add_services(back->services);
        else if (const auto* fence = std::get_if<model::Fence>(&action)) add_services(fence->services);
        else if (const auto* promote = std::get_if<model::Promote>(&action)) add_services(plan_.data[promote->data].in);
        else if (const auto* traffic = std::get_if<model::SwitchTraffic>(&action))
            each.push_back(figure_for(name, plan_.services[traffic->service]));
        else if (const auto* provision = std::get_if<model::Provision>(&action)) each.push_back(figure_for(name, *provision));
        else if (const auto* rotate = std::get_if<model::Rotate>(&action))
            for (const auto& secret : rotate->secrets)
                each.push_back(figures_.find(Figure::Of::action, name, plan_.secrets[secret.value].kind));
        if (each.empty()) each.push_back(figures_.find(Figure::Of::action, name));
        std::vector<Figures::Found> all;
        for (const Found& found : each) {
            if (!found) return std::nullopt;
            all.push_back(*found);
        }
        return all;
    }

    Found figure_for(std::string_view action, const model::Provision& provision) const {
        const model::Site& site = plan_.sites[provision.site];
        return figures_.find(Figure::Of::action, action, site.provider ? plan_.domains[*site.provider].name : std::string{});
    }

    // What the plan says of its site goes before any profile.
    void fill(model::Step& step) {
        if (const auto* provision = std::get_if<model::Provision>(&*step.action)) step.takes = plan_.sites[provision->site].provisioning;
        if (step.takes) return;
        const auto figures = figures_for(*step.action);
        if (!figures) return;
        for (const Figures::Found& found : *figures) {
            const model::Duration length = figures_.duration(found, plan_);
            if (!step.takes || step.takes->value.planning() < length.planning())
                step.takes = Said<model::Duration>{length, step.heading.span};
        }
    }

    void fill(model::Likelihood& likelihood) {
        const Found found = figures_.find(Figure::Of::likelihood, likelihood.level);
        if (!found) return;
        const auto frequency = figures_.taken<model::Frequency>(*found, plan_);
        likelihood.events = frequency.value.events;
        likelihood.per = frequency.value.per;
        likelihood.origin = frequency.origin;
    }

    Plan& plan_;
    Figures& figures_;
};

}  // namespace

void fill_in(Context& context) { Filler(context).run(); }

}  // namespace muster::sema
