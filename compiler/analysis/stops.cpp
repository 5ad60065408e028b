#include "compiler/analysis/stops.h"

#include <algorithm>

#include "compiler/analysis/reach.h"

namespace muster::analysis {
namespace {

using model::Plan;
using model::Service;
using model::Step;
using Services = std::vector<model::SaidId<Service>>;

bool names(const Services& services, Id<Service> service) {
    return std::any_of(services.begin(), services.end(), [&](const auto& said) { return said.value == service; });
}

Services stopped_by(const Step& step) {
    if (!step.action) return {};
    if (const auto* restart = std::get_if<model::Restart>(&*step.action)) return restart->services;
    return model::taken_away(*step.action);
}

bool starts(const Step& step, Id<Service> service) {
    const auto* scale = step.action ? std::get_if<model::Scale>(&*step.action) : nullptr;
    return names(step.completes, service) || (scale != nullptr && scale->replicas > 0 && names(scale->services, service));
}

}  // namespace

bool stops(const Step& step, Id<Service> service) { return names(stopped_by(step), service); }

Stops::Stops(const Plan& plan, const Recovery& recovery) : plan_(plan), recovery_(recovery) {
    for (const auto procedure : recovery.procedures)
        for (const auto id : plan.procedures[procedure].steps) {
            const Services services = stopped_by(plan.steps[id]);
            if (services.empty() || skipped(recovery.impact, plan.steps[id])) continue;
            all_.push_back(id);
            for (const auto& service : services) by_service_[service.value.value].push_back(id);
        }
    std::sort(all_.begin(), all_.end());
    for (auto& [service, steps] : by_service_) std::sort(steps.begin(), steps.end());
    if (all_.empty()) return;
    needed_by_.resize(plan.services.size());
    for (const auto id : plan.services.ids()) add_needs(id);
}

// Whoever uses damaged data may wait for what holds it, too.
void Stops::add_needs(Id<Service> id) {
    for (const auto& any_of : plan_.services[id].needs)
        for (const auto& thing : any_of) {
            if (thing.value.kind == model::Kind::service) needed_by_[thing.value.index].push_back(id);
            if (thing.value.kind == model::Kind::external) add_stand_ins({thing.value.index}, id);
        }
    for (const auto& data : plan_.services[id].uses)
        if (recovery_.impact.data_damaged[data.value.value])
            for (const auto& holder : plan_.data[data.value].in) needed_by_[holder.value.value].push_back(id);
}

// What has taken the place of an external that is down is needed like the external itself.
void Stops::add_stand_ins(Id<model::External> external, Id<Service> service) {
    std::vector<Id<model::External>> open{external};
    std::unordered_set<std::uint32_t> seen;
    while (!open.empty()) {
        const Id<model::External> id = open.back();
        open.pop_back();
        if (!recovery_.impact.externals_down[id.value] || !seen.insert(id.value).second) continue;
        for (const auto& fallback : plan_.externals[id].fallbacks) {
            if (fallback.value.kind == model::Kind::service) needed_by_[fallback.value.index].push_back(service);
            else open.push_back({fallback.value.index});
        }
    }
}

StepSet Stops::of(Id<Service> service, const StepSet& steps) const {
    const auto found = by_service_.find(service.value);
    if (found == by_service_.end()) return {};
    StepSet both;
    std::set_intersection(found->second.begin(), found->second.end(), steps.begin(), steps.end(), std::back_inserter(both));
    return both;
}

StepSet Stops::ancestors(Id<Step> step) const {
    StepSet found;
    std::unordered_set<std::uint32_t> seen;
    std::vector<Id<Step>> open = plan_.steps[step].after;
    while (!open.empty()) {
        const Id<Step> id = open.back();
        open.pop_back();
        if (!seen.insert(id.value).second) continue;
        found.push_back(id);
        open.insert(open.end(), plan_.steps[id].after.begin(), plan_.steps[id].after.end());
    }
    std::sort(found.begin(), found.end());
    return found;
}

StepSet Stops::before(Id<Step> step) const {
    if (all_.empty()) return {};
    const StepSet earlier = ancestors(step);
    StepSet both;
    std::set_intersection(all_.begin(), all_.end(), earlier.begin(), earlier.end(), std::back_inserter(both));
    return both;
}

StepSet Stops::starts_after(Id<Step> step, Id<Service> service) const {
    const StepSet earlier = ancestors(step);
    StepSet found;
    for (const auto procedure : recovery_.procedures)
        for (const auto id : plan_.procedures[procedure].steps) {
            const Step& other = plan_.steps[id];
            const bool before = id == step || std::binary_search(earlier.begin(), earlier.end(), id);
            if (!before && starts(other, service) && !skipped(recovery_.impact, other)) found.push_back(id);
        }
    return found;
}

bool Stops::is_disturbed(Id<Service> service, const std::unordered_set<std::uint32_t>& disturbed) const {
    const auto away = [&](model::Thing thing) {
        return recovery_.impact.down(thing) || (thing.kind == model::Kind::service && disturbed.contains(thing.index));
    };
    return recovery_.impact.unavailable(service) || lacks_needs(plan_, recovery_.impact, service, away);
}

std::unordered_set<std::uint32_t> Stops::disturbed_by(const StepSet& steps) const {
    std::unordered_set<std::uint32_t> disturbed;
    std::vector<Id<Service>> open;
    const auto disturb = [&](Id<Service> service) {
        if (disturbed.insert(service.value).second) open.push_back(service);
    };
    for (const auto id : steps)
        for (const auto& service : stopped_by(plan_.steps[id])) disturb(service.value);
    while (!open.empty()) {
        const Id<Service> id = open.back();
        open.pop_back();
        for (const auto other : needed_by_[id.value])
            if (is_disturbed(other, disturbed)) disturb(other);
    }
    return disturbed;
}

}  // namespace muster::analysis
