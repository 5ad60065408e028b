#include "compiler/analysis/recovery.h"

#include <algorithm>

#include "compiler/analysis/build.h"
#include "compiler/analysis/choose.h"
#include "compiler/analysis/detection.h"
#include "compiler/analysis/link.h"
#include "compiler/analysis/sources.h"

namespace muster::analysis {
namespace {

using model::Plan;

void fill_sources(const Plan& plan, Recovery& recovery) {
    for (const auto procedure : recovery.procedures)
        for (const auto step : plan.procedures[procedure].steps) {
            if (skipped(recovery.impact, plan.steps[step])) continue;
            for (Source& source : sources_of(plan, step, recovery.copies)) {
                source.sink = sink_of(plan, recovery.impact, plan.steps[step], source.data);
                recovery.sources.push_back(std::move(source));
            }
        }
}

std::optional<Time> length_of_cut(const model::Scenario& scenario) {
    return scenario.lasts ? std::optional(scenario.lasts->value.planning()) : std::nullopt;
}

// Which of the procedures that are followed never ends.
std::vector<Id<model::Procedure>> impossible_ones(const Plan& plan, const Recovery& recovery) {
    const Times best = best_times(plan, recovery.network);
    std::vector<Id<model::Procedure>> found;
    for (const auto procedure : recovery.procedures) {
        const auto& steps = plan.procedures[procedure].steps;
        // A step of which nobody knows how long it takes is not impossible, and no reason to turn elsewhere.
        const bool never_ends = std::any_of(steps.begin(), steps.end(), [&](auto step) {
            return !plan.steps[step].afterwards && best.end[recovery.steps[step.value]] == support::never;
        });
        if (never_ends) found.push_back(procedure);
    }
    return found;
}

}  // namespace

Recovery recover(const Plan& plan, Id<model::Scenario> id, const Schedules& schedules) {
    const model::Scenario& scenario = plan.scenarios[id];
    const Impact impact = impact_of(plan, scenario);
    const auto unseen = unseen_for(plan, scenario, impact);
    std::vector<std::vector<CopyOutcome>> copies;
    for (const auto data : plan.data.ids())
        copies.push_back(copies_after(plan, data, {&impact, unseen, scenario.lasts.has_value(), &schedules, length_of_cut(scenario)}));

    // Each round gives up at least one procedure for the next in its list, so the rounds end.
    std::vector<Id<model::Procedure>> given_up;
    for (;;) {
        Recovery recovery{id, impact, unseen, {}, {}, {}, copies, {}, {}, {}, {}};
        choose_procedures(plan, given_up, recovery);
        fill_sources(plan, recovery);
        build_network(plan, schedules, recovery);
        if (!give_up(scenario, impossible_ones(plan, recovery), given_up)) return recovery;
    }
}

}  // namespace muster::analysis
