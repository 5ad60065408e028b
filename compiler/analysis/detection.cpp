#include "compiler/analysis/detection.h"

#include <algorithm>

#include "compiler/analysis/reach.h"

namespace muster::analysis {
namespace {

using model::Detector;
using model::Plan;
using model::Scenario;

bool affected(const Impact& impact, model::Thing thing) {
    if (thing.kind == model::Kind::service) return impact.services[thing.index] != State::unaffected;
    if (thing.kind == model::Kind::dataset && impact.data_destroyed[thing.index]) return true;
    if (thing.kind == model::Kind::store && impact.stores_compromised[thing.index]) return true;
    if (thing.kind == model::Kind::site && impact.sites_compromised[thing.index]) return true;
    return impact.down(thing);
}

// Whether any of the sites where the detector runs is up and not cut off from what it watches.
bool looks_at(const Plan& plan, const Impact& impact, const Detector& detector, model::Thing thing) {
    if (detector.at.empty() || impact.partition.whole()) return true;
    return std::any_of(detector.at.begin(), detector.at.end(), [&](const auto& site) {
        return !impact.sites_down[site.value.value] &&
               reaches(impact, spots_of(plan, impact, model::Place{site.value, {}}), spots_of(plan, impact, thing));
    });
}

bool is_down(const Impact& impact, const Detector& detector) {
    return !detector.at.empty() &&
           std::all_of(detector.at.begin(), detector.at.end(), [&](const auto& site) { return impact.sites_down[site.value.value]; });
}

// Why `detector` does not see what it watches; empty where it does, and where it watches nothing that is affected.
std::string blindness(const Plan& plan, const Impact& impact, const Detector& detector) {
    std::vector<model::Thing> hit;
    for (const auto& thing : detector.watches)
        if (affected(impact, thing.value)) hit.push_back(thing.value);
    if (hit.empty()) return "";
    if (is_down(impact, detector)) return "runs only where it is down";
    if (impact.damage && !detector.sees_corruption) return "does not look for damage";
    const bool any = std::any_of(hit.begin(), hit.end(), [&](model::Thing thing) { return looks_at(plan, impact, detector, thing); });
    return any ? "" : "is cut off from it";
}

bool sees(const Plan& plan, const Impact& impact, Id<Detector> id) {
    const Detector& detector = plan.detectors[id];
    if (is_down(impact, detector) || (impact.damage && !detector.sees_corruption)) return false;
    return std::any_of(detector.watches.begin(), detector.watches.end(),
                       [&](const auto& thing) { return affected(impact, thing.value) && looks_at(plan, impact, detector, thing.value); });
}

std::vector<Id<Detector>> candidates_for(const Plan& plan, const Scenario& scenario) {
    std::vector<Id<Detector>> candidates;
    for (const auto& named : scenario.detected_by) candidates.push_back(named.value);
    return candidates.empty() ? plan.detectors.ids() : candidates;
}

}  // namespace

std::vector<Id<Detector>> detectors_that_see(const Plan& plan, const Scenario& scenario, const Impact& impact) {
    std::vector<Id<Detector>> candidates = candidates_for(plan, scenario);
    std::erase_if(candidates, [&](Id<Detector> id) { return !sees(plan, impact, id); });
    return candidates;
}

std::vector<Blind> blind_detectors(const Plan& plan, const Scenario& scenario, const Impact& impact) {
    std::vector<Blind> blind;
    for (const auto id : candidates_for(plan, scenario))
        if (std::string why = blindness(plan, impact, plan.detectors[id]); !why.empty()) blind.push_back({id, std::move(why)});
    return blind;
}

std::optional<model::Duration> found_without_detector(const Scenario& scenario, const Impact& impact, bool seen_by_detector) {
    if (impact.damage && scenario.undetected_for) return scenario.undetected_for->value;
    if (!seen_by_detector && scenario.detected_after) return scenario.detected_after->value;
    return std::nullopt;
}

std::optional<Time> unseen_for(const Plan& plan, const Scenario& scenario, const Impact& impact) {
    if (!impact.damage) return Time::zero();
    const auto detectors = detectors_that_see(plan, scenario, impact);
    std::optional<Time> earliest;
    if (const auto without = found_without_detector(scenario, impact, !detectors.empty())) earliest = without->planning();
    for (const auto id : detectors)
        if (const auto found = worst_detection(plan.detectors[id]); found && *found != support::never)
            earliest = std::min(earliest.value_or(support::never), *found);
    return earliest;
}

}  // namespace muster::analysis
