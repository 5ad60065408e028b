#include "compiler/analysis/estimate.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "compiler/analysis/failing.h"
#include "compiler/analysis/path.h"
#include "compiler/support/parallel.h"

namespace muster::analysis {
namespace {

using model::Plan;
using support::never;

std::optional<Time> known(Time time) { return time == never ? std::nullopt : std::optional(time); }

// What starts the RTO clock.
NodeId clock_node(const Plan& plan, const Network& network) {
    if (plan.clock == model::Clock::detection) return network.detection;
    return plan.clock == model::Clock::declaration ? network.declaration : NodeId{0};
}

Verdict judge(const std::optional<support::Said<Time>>& objective, Time achieved) {
    if (!objective) return Verdict::unset;
    return achieved <= objective->value ? Verdict::met : Verdict::missed;
}

// A service that never comes back, or of which nobody can tell.
void find_obstacle(const Plan& plan, const Estimate& e, NodeId node, ServiceOutcome& outcome) {
    const NodeId root = root_of_never(e.recovery.network, e.outlook, node);
    outcome.root = root;
    outcome.obstacle = obstacle_at(plan, e.recovery, e.outlook, root);
    const bool impossible = e.outlook.impossible(node);
    outcome.verdict = impossible ? Verdict::never : Verdict::unknown;
    if (impossible) outcome.rta = never;
}

// What a step stops counts as failed from then on, and what needs it as impaired.
State state_of(const Estimate& e, Id<model::Service> id) {
    const State at_first = e.recovery.impact.services[id.value];
    if (e.recovery.stopped_by[id.value]) return State::failed;
    return e.recovery.network.ready[id.value] != 0 ? std::max(at_first, State::impaired) : at_first;
}

ServiceOutcome recovery_outcome(const Plan& plan, const Estimate& e, Id<model::Service> id) {
    ServiceOutcome outcome;
    outcome.service = id;
    outcome.state = state_of(e, id);
    outcome.stopped_by = e.recovery.stopped_by[id.value];
    outcome.rto = model::rto_of(plan, id, plan.scenarios[e.recovery.scenario].kind);
    if (outcome.state < State::impaired) {
        outcome.rta = Time::zero();
        outcome.critical_path = Time::zero();
        outcome.verdict = judge(outcome.rto, Time::zero());
        return outcome;
    }
    const NodeId node = e.recovery.network.reached[id.value];
    if (e.outlook.times.end[node] == never || e.clock == never) {
        const NodeId clock = clock_node(plan, e.recovery.network);
        const bool by_clock = e.outlook.impossible(clock) ? !e.outlook.impossible(node) : e.outlook.times.end[node] != never;
        find_obstacle(plan, e, by_clock ? clock : node, outcome);
        return outcome;
    }
    outcome.rta = std::max(Time::zero(), e.outlook.times.end[node] - e.clock);
    outcome.verdict = judge(outcome.rto, *outcome.rta);
    outcome.last = node;
    outcome.critical_path =
        std::max(Time::zero(), e.outlook.critical.end[node] - e.outlook.critical.end[clock_node(plan, e.recovery.network)]);
    return outcome;
}

ServiceOutcome service_outcome(const Plan& plan, const Estimate& e, Id<model::Service> id) {
    ServiceOutcome outcome = recovery_outcome(plan, e, id);
    outcome.mtd = model::mtd_of(plan, id, plan.scenarios[e.recovery.scenario].kind);
    if (!outcome.mtd) return outcome;
    const bool back = outcome.rta && *outcome.rta != never;
    outcome.mtd_verdict = back ? judge(outcome.mtd, *outcome.rta) : outcome.rta ? Verdict::never : Verdict::unknown;
    return outcome;
}

// By data, the step that writes it last: its copy is what the data is left with. One that cannot be done writes nothing; it counts
// only where there is no other.
std::vector<const Source*> last_sources(const Plan& plan, const Estimate& e) {
    std::vector<const Source*> last(plan.data.size());
    const auto end = [&](const Source& source) {
        const Time at = e.outlook.at_best.end[e.recovery.steps[source.step.value]];
        return at == never ? Time{-1} : at;
    };
    for (const Source& source : e.recovery.sources) {
        const Source*& of_data = last[source.data.value];
        if (of_data == nullptr || end(source) >= end(*of_data)) of_data = &source;
    }
    return last;
}

void judge_data(const Plan& plan, const std::vector<CopyOutcome>& copies, DataOutcome& outcome) {
    if (plan.data[outcome.data].rebuilt_in) outcome.rpa = Time::zero();
    else if (outcome.from) outcome.rpa = outcome.from->loss;
    if (outcome.rpa) outcome.verdict = judge(outcome.rpo, *outcome.rpa);
    else outcome.verdict = outcome.from ? Verdict::unknown : Verdict::lost;
    for (const CopyOutcome& copy : copies) {
        const bool usable = copy.copy && copy.state == CopyState::usable && copy.loss;
        if (!usable || !outcome.from || !outcome.rpa || *copy.loss >= *outcome.rpa) continue;
        if (!outcome.better || better(copy, *outcome.better)) outcome.better = copy;
    }
}

DataOutcome data_outcome(const Plan& plan, const Estimate& e, Id<model::Dataset> id, const Source* source) {
    DataOutcome outcome;
    outcome.data = id;
    const auto& copies = e.recovery.copies[id.value];
    outcome.rpo = model::rpo_of(plan, id, plan.scenarios[e.recovery.scenario].kind);
    const bool written = source != nullptr && !e.outlook.impossible(e.recovery.steps[source->step.value]);
    if (source != nullptr) outcome.by = source->step;
    if (written) outcome.from = source->copy;
    else if (copies.front().state == CopyState::usable) outcome.from = copies.front();
    judge_data(plan, copies, outcome);
    return outcome;
}

std::optional<Skew> skew_of(const Plan& plan, const Estimate& e, Id<model::Service> id) {
    std::vector<Id<model::Dataset>> data = plan.index.held[id.value];
    for (const auto& used : plan.services[id].uses)
        if (std::find(data.begin(), data.end(), used.value) == data.end()) data.push_back(used.value);
    const auto rpa = [&](Id<model::Dataset> one) { return e.data[one.value].rpa; };
    if (data.size() < 2 || !std::all_of(data.begin(), data.end(), [&](auto one) { return rpa(one).has_value(); })) return std::nullopt;
    const auto [newest, oldest] = std::minmax_element(data.begin(), data.end(), [&](auto a, auto b) { return *rpa(a) < *rpa(b); });
    Skew skew{model::skew_of(plan, id), *rpa(*oldest) - *rpa(*newest), *oldest, *newest, Verdict::unset};
    skew.verdict = judge(skew.limit, skew.apart);
    return skew;
}

// A step is ready when the steps before it have ended; whatever else it waits for is what holds it up.
Time ready_time(const Plan& plan, const Estimate& e, Id<model::Step> id) {
    const auto& turned_to = e.recovery.turned_to;
    const auto procedure = plan.steps[id].procedure;
    const bool instead = std::find(turned_to.begin(), turned_to.end(), procedure) != turned_to.end();
    Time ready = instead ? e.outlook.times.end[e.recovery.starts[procedure.value]] : e.start.value_or(never);
    const auto& after = plan.steps[id].after;
    if (!after.empty()) ready = Time::zero();
    for (const auto before : after) ready = std::max(ready, e.outlook.times.end[e.recovery.done[before.value]]);
    return std::min(ready, e.outlook.times.begin[e.recovery.steps[id.value]]);
}

void fill_schedule(const Plan& plan, Estimate& e) {
    const Times& times = e.outlook.times;
    const auto add = [&](Id<model::Step> step) {
        const NodeId node = e.recovery.steps[step.value];
        const Time end = over(e.recovery.network, times, node);
        const bool fails = end != times.end[node];
        // What cannot be done is not begun.
        const Time begin = e.outlook.impossible(node) && !fails ? never : times.begin[node];
        e.schedule.push_back({step, ready_time(plan, e, step), begin, end, fails});
    };
    for (const auto procedure : all_procedures(e.recovery)) {
        // What nobody turns to is not planned.
        const bool followed = std::binary_search(e.recovery.procedures.begin(), e.recovery.procedures.end(), procedure);
        if (!followed && times.end[e.recovery.starts[procedure.value]] == never) continue;
        for (const auto step : plan.procedures[procedure].steps) add(step);
    }
    std::stable_sort(e.schedule.begin(), e.schedule.end(), [](const PlannedStep& a, const PlannedStep& b) { return a.begin < b.begin; });
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
    constexpr std::array<std::string_view, 6> names{"met", "missed", "never", "lost", "unknown", "unset"};
    return names.at(static_cast<std::size_t>(verdict));
}

Estimate estimate(const Plan& plan, Id<model::Scenario> scenario, const Schedules& schedules) {
    Estimate e;
    e.recovery = recover(plan, scenario, schedules);
    const Network& network = e.recovery.network;
    e.outlook = look_ahead(plan, network);
    e.detection = known(e.outlook.times.end[network.detection]);
    e.start = known(e.outlook.times.end[network.declaration]);
    e.clock = e.outlook.times.end[clock_node(plan, network)];
    e.services.reserve(plan.services.size());
    for (const auto id : plan.services.ids()) e.services.push_back(service_outcome(plan, e, id));
    const std::vector<const Source*> last = last_sources(plan, e);
    e.data.reserve(plan.data.size());
    for (const auto id : plan.data.ids()) e.data.push_back(data_outcome(plan, e, id, last[id.value]));
    for (ServiceOutcome& outcome : e.services) outcome.skew = skew_of(plan, e, outcome.service);
    fill_schedule(plan, e);
    return e;
}

std::string started(const Estimate& e) {
    if (e.start) return "start after " + support::format_duration(*e.start);
    return e.outlook.impossible(e.recovery.network.declaration) ? "never start" : "start after unknown";
}

std::vector<Estimate> estimate_all(const Plan& plan, const Schedules& schedules) {
    std::vector<Estimate> all(plan.scenarios.size());
    support::in_parallel(all.size(), [&](std::size_t i) { all[i] = estimate(plan, {static_cast<std::uint32_t>(i)}, schedules); });
    return all;
}

}  // namespace muster::analysis
