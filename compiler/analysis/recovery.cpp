#include "compiler/analysis/recovery.h"

#include <algorithm>

#include "compiler/analysis/build.h"
#include "compiler/analysis/choose.h"
#include "compiler/analysis/detection.h"
#include "compiler/analysis/failing.h"
#include "compiler/analysis/link.h"
#include "compiler/analysis/path.h"
#include "compiler/analysis/sources.h"

namespace muster::analysis {
namespace {

using model::Plan;

void fill_sources(const Plan& plan, Recovery& recovery) {
    for (const auto procedure : all_procedures(recovery))
        for (const auto step : plan.procedures[procedure].steps) {
            if (skipped(recovery.impact, plan.steps[step]) || recovery.replaced.contains(step)) continue;
            for (Source& source : sources_of(plan, step, recovery.copies)) {
                source.sink = sink_of(plan, recovery.impact, plan.steps[step], source.data);
                recovery.sources.push_back(std::move(source));
            }
        }
}

std::optional<Time> length_of_cut(const model::Scenario& scenario) {
    return scenario.lasts ? std::optional(scenario.lasts->value.planning()) : std::nullopt;
}

// Why a step that could turn to something else cannot be done: it has no usable copy to read, or it is its turn and it waits for what
// never comes. Nothing where it can, or where that is not its own fault.
std::optional<std::string> why_not(const Plan& plan, const Recovery& recovery, const Times& best, Id<model::Step> id) {
    const Network& network = recovery.network;
    const NodeId node = recovery.steps[id.value];
    if (const auto* impossible = std::get_if<ImpossibleDelay>(&network.nodes[node].delay)) return impossible->why;
    const auto& after = plan.steps[id].after;
    const auto happens = [&](NodeId one) { return best.end[one] != support::never; };
    const bool its_turn = after.empty()
                              ? happens(recovery.starts[plan.steps[id].procedure.value])
                              : std::all_of(after.begin(), after.end(), [&](auto step) { return happens(recovery.done[step.value]); });
    if (!its_turn || happens(node)) return std::nullopt;
    const Outlook outlook = look_ahead(plan, network);
    return obstacle_at(plan, recovery, outlook, root_of_never(network, outlook, node));
}

// Steps that cannot be done and turn to what they name for that case, as soon as it is their turn. Whether any was not known yet.
bool replace_steps(const Plan& plan, const Recovery& recovery, const Times& best, Replaced& replaced) {
    const std::size_t before = replaced.size();
    for (const auto procedure : all_procedures(recovery))
        for (const auto id : plan.procedures[procedure].steps) {
            if (!plan.steps[id].otherwise || recovery.replaced.contains(id)) continue;
            if (auto why = why_not(plan, recovery, best, id)) replaced.emplace(id, *std::move(why));
        }
    return replaced.size() > before;
}

// Which of the procedures that are followed never ends.
std::vector<Id<model::Procedure>> impossible_ones(const Plan& plan, const Recovery& recovery, const Times& best) {
    std::vector<Id<model::Procedure>> found;
    for (const auto procedure : recovery.procedures) {
        const auto& steps = plan.procedures[procedure].steps;
        // A step of which nobody knows how long it takes is not impossible, and no reason to turn elsewhere.
        const bool never_ends = std::any_of(steps.begin(), steps.end(), [&](auto step) {
            return !plan.steps[step].afterwards && best.end[recovery.done[step.value]] == support::never;
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
    copies.reserve(plan.data.size());
    for (const auto data : plan.data.ids())
        copies.push_back(
            copies_after(plan, data, {&impact, &scenario, unseen, scenario.lasts.has_value(), &schedules, length_of_cut(scenario)}));

    // Each round replaces at least one step, or gives up at least one procedure for the next in its list, so the rounds end.
    std::vector<Id<model::Procedure>> given_up;
    Replaced replaced;
    for (;;) {
        Recovery recovery;
        recovery.scenario = id;
        recovery.impact = impact;
        recovery.unseen = unseen;
        recovery.copies = copies;
        recovery.replaced = replaced;
        choose_procedures(plan, given_up, recovery);
        fill_sources(plan, recovery);
        build_network(plan, schedules, recovery);
        const Times best = best_times_without_failures(plan, recovery.network);
        if (replace_steps(plan, recovery, best, replaced)) continue;
        if (!give_up(scenario, impossible_ones(plan, recovery, best), given_up)) return recovery;
    }
}

}  // namespace muster::analysis
