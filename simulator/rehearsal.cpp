#include "simulator/rehearsal.h"

#include <algorithm>

#include "compiler/analysis/schedule.h"

namespace muster::simulator {
namespace {

using analysis::NodeId;
using support::later;
using support::never;

constexpr NodeId disruption = 0;

std::shared_ptr<const analysis::Estimate> edited(analysis::Estimate estimate, const Rehearsal::Edit& edit) {
    if (edit) edit(estimate.recovery);
    return std::make_shared<const analysis::Estimate>(std::move(estimate));
}

}  // namespace

Rehearsal::Rehearsal(const model::Plan& plan, Id<model::Scenario> scenario, const analysis::Schedules& schedules, const Edit& edit)
    : plan_(plan), estimate_(edited(analysis::estimate(plan, scenario, schedules), edit)), sampler_(plan, estimate_->recovery, schedules) {
    for (const analysis::DataOutcome& outcome : estimate_->data) {
        losses_.emplace_back(plan, outcome, estimate_->recovery.impact.data_damaged[outcome.data.value], schedules);
        writings_.push_back(writing(outcome, schedules));
    }
}

Rehearsal::Writing Rehearsal::writing(const analysis::DataOutcome& planned, const analysis::Schedules& schedules) const {
    const analysis::Recovery& recovery = estimate_->recovery;
    const bool can_fail = std::any_of(recovery.network.nodes.begin(), recovery.network.nodes.end(),
                                      [](const analysis::Node& node) { return node.kind == analysis::Node::Kind::failure; });
    // Nobody knows when it is written last, so nobody knows what it is left with but by plan.
    const bool untold = planned.by && estimate_->outlook.unknown(recovery.steps[planned.by->value]);
    if (!can_fail || untold || !planned.by) return {};
    const bool damaged = recovery.impact.data_damaged[planned.data.value];
    const auto loss_by = [&](std::optional<analysis::CopyOutcome> copy) {
        analysis::DataOutcome outcome = planned;
        outcome.from = std::move(copy);
        return Loss(plan_, outcome, damaged, schedules);
    };
    Writing found;
    for (const analysis::Source& source : recovery.sources)
        if (source.data == planned.data) found.steps.emplace_back(recovery.steps[source.step.value], loss_by(source.copy));
    const analysis::CopyOutcome& primary = recovery.copies[planned.data.value].front();
    found.unwritten = loss_by(primary.state == analysis::CopyState::usable ? std::optional(primary) : std::nullopt);
    return found;
}

// The step that writes it last decides.
const Loss& Rehearsal::loss_of(Id<model::Dataset> data, const Chance& chance, const TrialTimes& times) const {
    const Writing& writing = writings_[data.value];
    if (chance.planning() || !writing.unwritten) return losses_[data.value];
    const Loss* last = &*writing.unwritten;
    Time last_end{-1};
    for (const auto& [step, loss] : writing.steps) {
        if (times.end(step) == never || times.end(step) < last_end) continue;
        last = &loss;
        last_end = times.end(step);
    }
    return *last;
}

Outcome Rehearsal::run(const Chance& chance) const {
    Trial trial{chance, sampler_.moment(chance)};
    TrialTimes when = times(trial);
    return outcome(trial, std::move(when));
}

Outcome Rehearsal::outcome(Trial& trial, TrialTimes times) const {
    Outcome outcome{std::move(times), {}, {}, {}};
    outcome.rta = rtas(outcome.times);
    tell_unknown(outcome, trial);
    outcome.marks = std::move(trial.marks);
    const Time found = outcome.times.end(estimate_->recovery.network.detection);
    for (const auto data : plan_.data.ids())
        outcome.rpa.push_back(loss_of(data, trial.chance, outcome.times).in(trial.chance, trial.t0, found));
    return outcome;
}

TrialTimes Rehearsal::times(Trial& trial) const {
    return TrialTimes(
        analysis::schedule(estimate_->recovery.network, [&](NodeId node, Time begin) { return sampler_.taking(node, trial, begin); }));
}

std::vector<Time> Rehearsal::rtas(const TrialTimes& times) const {
    const analysis::Network& network = estimate_->recovery.network;
    const Time clock = clock_start(times);
    std::vector<Time> rta;
    for (const auto service : plan_.services.ids()) {
        const Time reached = times.end(network.reached[service.value]);
        const bool comes_back = reached != never && clock != never;
        if (network.ready[service.value] == disruption) rta.push_back(Time::zero());
        else rta.push_back(comes_back ? std::max(Time::zero(), reached - clock) : never);
    }
    return rta;
}

// Of what never comes back that is unknown which would, if nothing unknown took any time.
void Rehearsal::tell_unknown(Outcome& outcome, const Trial& trial) const {
    if (!sampler_.something_unknown() || std::find(outcome.rta.begin(), outcome.rta.end(), never) == outcome.rta.end()) return;
    const Chance best = trial.chance.at_best();
    Trial at_best{best, trial.t0};
    const std::vector<Time> rta = rtas(times(at_best));
    for (std::size_t i = 0; i < rta.size(); ++i)
        if (outcome.rta[i] == never && rta[i] != never) outcome.rta[i] = unknown;
}

Time Rehearsal::clock_start(const TrialTimes& times) const {
    const analysis::Network& network = estimate_->recovery.network;
    if (plan_.clock == model::Clock::detection) return times.end(network.detection);
    if (plan_.clock == model::Clock::declaration) return times.end(network.declaration);
    return Time::zero();
}

}  // namespace muster::simulator
