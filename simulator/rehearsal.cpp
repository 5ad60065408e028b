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
constexpr std::uint64_t failure_draw = 4;
constexpr std::uint64_t pause_draw = 5;
constexpr std::uint64_t check_draw = 6;  // and on: one for each check of a restore

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

analysis::Taking transfer(const analysis::Transfer& parts, Entity who, const Chance& chance, std::uint64_t attempt) {
    if (!parts.unknown.empty()) return never;
    Time verifying{0};
    std::uint64_t draw = check_draw;
    for (const model::Duration& check : parts.verifying) verifying = later(verifying, chance.length(check, who, draw++, attempt));
    const Time loaded = later(later(chance.length(parts.retrieval, who, length_draw, attempt), parts.latency), parts.after_retrieval());
    return {later(loaded, verifying), false, verifying};
}

// Far enough for any plan, and near enough to be added to a date.
constexpr Time farthest = support::longest_duration * 7;

Instant moment_after(Instant start, Time passed) { return start + std::min(passed, farthest); }

}  // namespace

Rehearsal::Rehearsal(const model::Plan& plan, Id<model::Scenario> scenario, const analysis::Schedules& schedules)
    : plan_(plan), as_of_(schedules.as_of()), estimate_(analysis::estimate(plan, scenario, schedules)) {
    for (const analysis::Node& node : estimate_.recovery.network.nodes) {
        entities_.push_back(entity(node.key));
        something_unknown_ |= std::holds_alternative<analysis::UnknownDelay>(node.delay);
    }
    for (const model::Role& role : plan.roles) hours_.emplace_back(role);
    for (const analysis::DataOutcome& outcome : estimate_.data) {
        losses_.emplace_back(plan, outcome, estimate_.recovery.impact.data_damaged[outcome.data.value], schedules);
        writings_.push_back(writing(outcome, schedules));
    }
}

Rehearsal::Writing Rehearsal::writing(const analysis::DataOutcome& planned, const analysis::Schedules& schedules) const {
    const analysis::Recovery& recovery = estimate_.recovery;
    const bool can_fail = std::any_of(recovery.network.nodes.begin(), recovery.network.nodes.end(),
                                      [](const analysis::Node& node) { return node.kind == analysis::Node::Kind::failure; });
    // Nobody knows when it is written last, so nobody knows what it is left with but by plan.
    const bool untold = planned.by && estimate_.outlook.unknown(recovery.steps[planned.by->value]);
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
const Loss& Rehearsal::loss_of(Id<model::Dataset> data, const Chance& chance, const analysis::Times& times) const {
    const Writing& writing = writings_[data.value];
    if (chance.planning() || !writing.unwritten) return losses_[data.value];
    const Loss* last = &*writing.unwritten;
    Time last_end{-1};
    for (const auto& [step, loss] : writing.steps) {
        if (times.end[step] == never || times.end[step] < last_end) continue;
        last = &loss;
        last_end = times.end[step];
    }
    return *last;
}

Outcome Rehearsal::run(const Chance& chance) const {
    constexpr model::Duration window{model::Duration::Shape::uniform, Time{0}, Time{0}, Time{analysis::gap_horizon} - Time{1}, {}};
    const Instant t0 = as_of_ + chance.length(window, entities_[disruption], length_draw);
    Outcome outcome;
    outcome.times = times(chance, t0);
    outcome.rta = rtas(outcome.times);
    tell_unknown(outcome, chance, t0);
    const Time found = outcome.times.end[estimate_.recovery.network.detection];
    for (const auto data : plan_.data.ids()) outcome.rpa.push_back(loss_of(data, chance, outcome.times).in(chance, t0, found));
    return outcome;
}

analysis::Times Rehearsal::times(const Chance& chance, Instant t0) const {
    return analysis::schedule(estimate_.recovery.network,
                              [&](NodeId node, Time begin) { return taking(node, chance, moment_after(t0, begin)); });
}

std::vector<Time> Rehearsal::rtas(const analysis::Times& times) const {
    const analysis::Network& network = estimate_.recovery.network;
    const Time clock = clock_start(times);
    std::vector<Time> rta;
    for (const auto service : plan_.services.ids()) {
        const Time reached = times.end[network.reached[service.value]];
        const bool comes_back = reached != never && clock != never;
        if (network.ready[service.value] == disruption) rta.push_back(Time::zero());
        else rta.push_back(comes_back ? std::max(Time::zero(), reached - clock) : never);
    }
    return rta;
}

// Of what never comes back that is unknown which would, if nothing unknown took any time.
void Rehearsal::tell_unknown(Outcome& outcome, const Chance& chance, Instant t0) const {
    if (!something_unknown_ || std::find(outcome.rta.begin(), outcome.rta.end(), never) == outcome.rta.end()) return;
    const std::vector<Time> at_best = rtas(times(chance.at_best(), t0));
    for (std::size_t i = 0; i < at_best.size(); ++i)
        if (outcome.rta[i] == never && at_best[i] != never) outcome.rta[i] = unknown;
}

analysis::Taking Rehearsal::taking(NodeId id, const Chance& chance, Instant begin) const {
    const analysis::Node& node = estimate_.recovery.network.nodes[id];
    if (std::holds_alternative<analysis::FailingDelay>(node.delay)) return {Time::zero(), true};
    if (!node.attempts) return delay_of(id, chance, begin, 0);
    if (!chance.planning()) return attempts(id, chance, begin);
    return chance.unknown_length() == never ? analysis::planning_taking(plan_, node) : analysis::planning_taking_at_best(plan_, node);
}

// One attempt after the other, until one succeeds: it is not stopped by the timeout, and does not fail by chance.
analysis::Taking Rehearsal::attempts(NodeId node, const Chance& chance, Instant begin) const {
    const analysis::Attempts& how = *estimate_.recovery.network.nodes[node].attempts;
    const Entity who = entities_[node];
    Time passed{0};
    for (std::uint64_t attempt = 0;; ++attempt) {
        const auto [length, _, verifying] = delay_of(node, chance, begin, attempt);
        if (length == never) return never;
        const bool stopped = how.timeout && length > *how.timeout;
        passed = later(passed, stopped ? *how.timeout : length);
        if (!stopped && !chance.happens(how.fails, who, failure_draw, attempt)) return {passed, false, verifying};
        if (attempt == static_cast<std::uint64_t>(how.retries)) return {passed, true};
        passed = later(passed, chance.length(how.pause, who, pause_draw, attempt));
    }
}

analysis::Taking Rehearsal::delay_of(NodeId node, const Chance& chance, Instant begin, std::uint64_t attempt) const {
    const analysis::Delay& delay = estimate_.recovery.network.nodes[node].delay;
    const Entity who = entities_[node];
    if (const auto* d = std::get_if<analysis::DurationDelay>(&delay)) return chance.length(d->length, who, length_draw, attempt);
    if (const auto* d = std::get_if<analysis::DetectorDelay>(&delay)) return detection(plan_.detectors[d->detector], who, chance);
    if (const auto* d = std::get_if<analysis::ResponseDelay>(&delay)) return response(d->role, who, chance, begin);
    if (const auto* d = std::get_if<analysis::TransferDelay>(&delay)) return transfer(d->transfer(), who, chance, attempt);
    if (std::holds_alternative<analysis::UnknownDelay>(delay)) return chance.unknown_length();
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
