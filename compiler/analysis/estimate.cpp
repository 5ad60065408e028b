#include "compiler/analysis/estimate.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "compiler/analysis/path.h"

namespace muster::analysis {
namespace {

using model::Plan;
using support::never;

std::optional<Time> known(Time time) { return time == never ? std::nullopt : std::optional(time); }

Time clock_start(const Plan& plan, const Estimate& e) {
    const Network& network = e.recovery.network;
    if (plan.clock == model::Clock::detection) return e.times.end[network.detection];
    if (plan.clock == model::Clock::declaration) return e.times.end[network.declaration];
    return Time::zero();
}

Verdict judge(const std::optional<support::Said<Time>>& objective, Time achieved) {
    if (!objective) return Verdict::unset;
    return achieved <= objective->value ? Verdict::met : Verdict::missed;
}

// A service that never comes back, or of which nobody can tell.
void find_obstacle(const Plan& plan, const Estimate& e, NodeId node, ServiceOutcome& outcome) {
    const NodeId root = root_of_never(e.recovery.network, e.times, node);
    outcome.root = root;
    outcome.obstacle = obstacle_at(plan, e.recovery, e.times, root);
    const bool unknown = is_unknown(plan, e.recovery, root);
    outcome.verdict = unknown ? Verdict::unknown : Verdict::never;
    if (!unknown) outcome.rta = never;
}

ServiceOutcome service_outcome(const Plan& plan, const Estimate& e, Id<model::Service> id) {
    ServiceOutcome outcome;
    outcome.service = id;
    outcome.state = e.recovery.impact.services[id.value];
    outcome.rto = model::rto_of(plan, id, plan.scenarios[e.recovery.scenario].kind);
    if (!e.recovery.impact.unavailable(id)) {
        outcome.rta = Time::zero();
        outcome.verdict = judge(outcome.rto, Time::zero());
        return outcome;
    }
    const NodeId node = e.recovery.network.reached[id.value];
    if (e.times.end[node] == never || e.clock == never) {
        find_obstacle(plan, e, e.times.end[node] == never ? node : e.recovery.network.declaration, outcome);
        return outcome;
    }
    outcome.rta = std::max(Time::zero(), e.times.end[node] - e.clock);
    outcome.verdict = judge(outcome.rto, *outcome.rta);
    outcome.path = path_to(plan, e.recovery, e.times, node);
    return outcome;
}

// The step that writes `data` last: its copy is what the data is left with.
const Source* last_source(const Estimate& e, Id<model::Dataset> data) {
    const Source* last = nullptr;
    const auto end = [&](const Source& source) { return e.times.end[e.recovery.steps[source.step.value]]; };
    for (const Source& source : e.recovery.sources)
        if (source.data == data && (last == nullptr || end(source) >= end(*last))) last = &source;
    return last;
}

void judge_data(const Plan& plan, DataOutcome& outcome) {
    if (plan.data[outcome.data].rebuilt_in) outcome.rpa = Time::zero();
    else if (outcome.from) outcome.rpa = outcome.from->loss;
    if (outcome.rpa) outcome.verdict = judge(outcome.rpo, *outcome.rpa);
    else outcome.verdict = outcome.from ? Verdict::unknown : Verdict::lost;
    for (const CopyOutcome& copy : outcome.copies) {
        const bool usable = copy.copy && copy.state == CopyState::usable && copy.loss;
        if (!usable || !outcome.from || !outcome.rpa || *copy.loss >= *outcome.rpa) continue;
        if (!outcome.better || better(copy, *outcome.better)) outcome.better = copy;
    }
}

DataOutcome data_outcome(const Plan& plan, const Estimate& e, Id<model::Dataset> id) {
    DataOutcome outcome;
    outcome.data = id;
    outcome.rpo = model::rpo_of(plan, id, plan.scenarios[e.recovery.scenario].kind);
    outcome.copies = e.recovery.copies[id.value];
    const Source* source = last_source(e, id);
    const bool written = source != nullptr && e.times.end[e.recovery.steps[source->step.value]] != never;
    if (source != nullptr) outcome.by = source->step;
    if (written) outcome.from = source->copy;
    else if (outcome.copies.front().state == CopyState::usable) outcome.from = outcome.copies.front();
    judge_data(plan, outcome);
    return outcome;
}

// A step is ready when the steps before it have ended; whatever else it waits for is what holds it up.
Time ready_time(const Plan& plan, const Estimate& e, Id<model::Step> id) {
    Time ready = e.start.value_or(never);
    const auto& after = plan.steps[id].after;
    if (!after.empty()) ready = Time::zero();
    for (const auto before : after) ready = std::max(ready, e.times.end[e.recovery.steps[before.value]]);
    return std::min(ready, e.times.begin[e.recovery.steps[id.value]]);
}

void fill_schedule(const Plan& plan, Estimate& e) {
    for (const auto procedure : e.recovery.procedures)
        for (const auto step : plan.procedures[procedure].steps) {
            const NodeId node = e.recovery.steps[step.value];
            e.schedule.push_back({step, ready_time(plan, e, step), e.times.begin[node], e.times.end[node]});
        }
    std::stable_sort(e.schedule.begin(), e.schedule.end(), [](const PlannedStep& a, const PlannedStep& b) { return a.begin < b.begin; });
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
    constexpr std::array<std::string_view, 6> names{"met", "missed", "never", "lost", "unknown", "unset"};
    return names.at(static_cast<std::size_t>(verdict));
}

Estimate estimate(const Plan& plan, Id<model::Scenario> scenario, Instant as_of) {
    Estimate e;
    e.recovery = recover(plan, scenario, as_of);
    const Network& network = e.recovery.network;
    e.times = evaluate(network, [&](NodeId node, Time) { return planning_delay(plan, network.nodes[node].delay); });
    e.detection = known(e.times.end[network.detection]);
    e.start = known(e.times.end[network.declaration]);
    e.clock = clock_start(plan, e);
    for (const auto id : plan.services.ids()) e.services.push_back(service_outcome(plan, e, id));
    for (const auto id : plan.data.ids()) e.data.push_back(data_outcome(plan, e, id));
    fill_schedule(plan, e);
    return e;
}

std::vector<Estimate> estimate_all(const Plan& plan, Instant as_of) {
    std::vector<Estimate> all;
    for (const auto scenario : plan.scenarios.ids()) all.push_back(estimate(plan, scenario, as_of));
    return all;
}

}  // namespace muster::analysis
