#include "simulator/rehearsal.h"

#include <algorithm>

#include "compiler/analysis/schedule.h"

namespace muster::simulator {
namespace {

using analysis::NodeId;
using support::later;
using support::never;

// The draws of a node.
constexpr std::uint64_t length_draw = 0;
constexpr std::uint64_t phase_draw = 1;
constexpr std::uint64_t hold_draw = 2;
constexpr std::uint64_t notification_draw = 3;

constexpr NodeId disruption = 0;

// At worst interval × threshold + hold + notification: the last interval is the one that has begun when it happens.
Time detection(const model::Detector& detector, Entity who, const Chance& chance) {
    if (!detector.every) return never;
    const Time interval = detector.every->value;
    Time::rep full_intervals = 0;
    if (__builtin_mul_overflow(interval.count(), detector.threshold - 1, &full_intervals)) return never;
    const Time searching = later(Time{full_intervals}, chance.phase(interval, who, phase_draw));
    const Time holding = chance.length(detector.hold, who, hold_draw);
    return later(later(searching, holding), chance.length(detector.notification, who, notification_draw));
}

Time transfer(const analysis::Transfer& parts, Entity who, const Chance& chance) {
    if (!parts.unknown.empty()) return never;
    return later(later(chance.length(parts.retrieval, who, length_draw), parts.latency), parts.after_retrieval());
}

// Far enough for any plan, and near enough to be added to a date.
constexpr Time farthest = support::longest_duration * 7;

Instant moment_after(Instant start, Time passed) { return start + std::min(passed, farthest); }

}  // namespace

Rehearsal::Rehearsal(const model::Plan& plan, Id<model::Scenario> scenario, const analysis::Schedules& schedules)
    : plan_(plan), as_of_(schedules.as_of()), estimate_(analysis::estimate(plan, scenario, schedules)) {
    for (const analysis::Node& node : estimate_.recovery.network.nodes) entities_.push_back(entity(node.key));
    for (const model::Role& role : plan.roles) hours_.emplace_back(role);
    for (const analysis::DataOutcome& outcome : estimate_.data)
        losses_.emplace_back(plan, outcome, estimate_.recovery.impact.data_damaged[outcome.data.value], schedules);
}

Outcome Rehearsal::run(const Chance& chance) const {
    constexpr model::Duration window{model::Duration::Shape::uniform, Time{0}, Time{0}, Time{analysis::gap_horizon} - Time{1}};
    const Instant t0 = as_of_ + chance.length(window, entities_[disruption], length_draw);
    const analysis::Network& network = estimate_.recovery.network;
    Outcome outcome;
    outcome.times = analysis::schedule(network, [&](NodeId node, Time begin) { return delay_of(node, chance, moment_after(t0, begin)); });
    const Time clock = clock_start(outcome.times);
    for (const auto service : plan_.services.ids()) {
        const Time reached = outcome.times.end[network.reached[service.value]];
        const bool comes_back = reached != never && clock != never;
        if (network.ready[service.value] == disruption) outcome.rta.push_back(Time::zero());
        else outcome.rta.push_back(comes_back ? std::max(Time::zero(), reached - clock) : never);
    }
    for (const Loss& loss : losses_) outcome.rpa.push_back(loss.in(chance, t0, outcome.times.end[network.detection]));
    return outcome;
}

Time Rehearsal::delay_of(NodeId node, const Chance& chance, Instant begin) const {
    const analysis::Delay& delay = estimate_.recovery.network.nodes[node].delay;
    const Entity who = entities_[node];
    if (const auto* d = std::get_if<analysis::DurationDelay>(&delay)) return chance.length(d->length, who, length_draw);
    if (const auto* d = std::get_if<analysis::DetectorDelay>(&delay)) return detection(plan_.detectors[d->detector], who, chance);
    if (const auto* d = std::get_if<analysis::ResponseDelay>(&delay)) return response(d->role, who, chance, begin);
    if (const auto* d = std::get_if<analysis::TransferDelay>(&delay)) return transfer(d->transfer, who, chance);
    return std::holds_alternative<analysis::NoDelay>(delay) ? Time::zero() : never;
}

Time Rehearsal::response(Id<model::Role> id, Entity who, const Chance& chance, Instant paged) const {
    const model::Role& role = plan_.roles[id];
    if (chance.planning()) return role.worst_response();
    const bool outside = role.responds_outside && !hours_[id.value].hold(paged);
    const auto& responds = outside ? role.responds_outside : role.responds;
    return responds ? chance.length(responds->value, who, length_draw) : Time::zero();
}

Time Rehearsal::clock_start(const analysis::Times& times) const {
    const analysis::Network& network = estimate_.recovery.network;
    if (plan_.clock == model::Clock::detection) return times.end[network.detection];
    if (plan_.clock == model::Clock::declaration) return times.end[network.declaration];
    return Time::zero();
}

}  // namespace muster::simulator
