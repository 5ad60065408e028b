#include "simulator/sampler.h"

#include <algorithm>
#include <tuple>

#include "compiler/analysis/sources.h"

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

// The instances of restores that turn out useless come after those of all attempts.
constexpr std::uint64_t first_useless = std::uint64_t{1} << 32U;

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

std::optional<Length> Sampler::length_of(const std::optional<support::Said<model::Duration>>& said) const {
    return said ? std::optional(Length(said->value, plan_.origins)) : std::nullopt;
}

Sampler::Sampler(const model::Plan& plan, const analysis::Recovery& recovery, const analysis::Schedules& schedules)
    : plan_(plan), recovery_(recovery), as_of_(schedules.as_of()) {
    for (const analysis::Node& node : recovery.network.nodes) {
        entities_.push_back(entity(node.key));
        something_unknown_ |= std::holds_alternative<analysis::UnknownDelay>(node.delay);
    }
    for (const model::Role& role : plan.roles) {
        hours_.emplace_back(role);
        responses_.push_back(length_of(role.responds));
        responses_outside_.push_back(length_of(role.responds_outside));
    }
    add_lengths();
    if (plan.unsound && plan.unsound->value.millionths > 0) add_doubts(schedules);
}

void Sampler::add_lengths() {
    // Durations have no order; what tells them apart is what they are drawn from.
    using Key = std::tuple<model::Duration::Shape, Time, Time, Time, std::optional<Id<model::Origin>>>;
    std::map<Key, std::shared_ptr<const Length>> known;
    for (const analysis::Node& node : recovery_.network.nodes) {
        const auto* delay = std::get_if<analysis::DurationDelay>(&node.delay);
        lengths_.emplace_back();
        if (delay == nullptr) continue;
        const model::Duration& length = delay->length;
        const bool measured = length.shape == model::Duration::Shape::measured;
        auto& shared = known[{length.shape, length.low, length.mode, length.high, measured ? length.origin : std::nullopt}];
        if (!shared) shared = std::make_shared<const Length>(length, plan_.origins);
        lengths_.back() = shared;
    }
}

const Distribution* Sampler::lengths_of(NodeId node) const {
    const bool plain = lengths_[node] && !recovery_.network.nodes[node].attempts && !doubts_.contains(node);
    return plain ? &lengths_[node]->lengths() : nullptr;
}

// Each copy that a step restores from once, whatever is taken out of it.
void Sampler::add_doubts(const analysis::Schedules& schedules) {
    std::map<std::pair<NodeId, Id<model::Copy>>, std::vector<analysis::Source>> by_copy;
    for (const analysis::Source& source : recovery_.sources) {
        const NodeId node = recovery_.steps[source.step.value];
        if (node != 0 && source.copy && source.copy->copy && source.copy->store) by_copy[{node, *source.copy->copy}].push_back(source);
    }
    for (const auto& [key, sources] : by_copy) {
        auto runs = runs_behind(plan_, key.second, *sources.front().copy->store, schedules);
        if (!runs || runs->length(Chance{}) == never) continue;
        Doubt doubt{*std::move(runs), recovery_.impact.data_damaged[sources.front().data.value], {}};
        if (const auto* all = std::get_if<analysis::TransferDelay>(&recovery_.network.nodes[key.first].delay)) {
            doubt.own = analysis::transfer_of(plan_, sources, schedules);
            doubt.own->verifying = all->transfer().verifying;
        }
        doubts_[key.first].push_back(std::move(doubt));
    }
}

Instant Sampler::moment(const Chance& chance) const {
    constexpr model::Duration window{model::Duration::Shape::uniform, Time{0}, Time{0}, Time{analysis::gap_horizon} - Time{1}, {}};
    return as_of_ + chance.length(window, entities_[disruption], length_draw);
}

std::vector<Mark> Sampler::possible_marks() const {
    std::vector<Mark> marks;
    for (NodeId id = 0; id < recovery_.network.nodes.size(); ++id) {
        const analysis::Node& node = recovery_.network.nodes[id];
        const auto* response = std::get_if<analysis::ResponseDelay>(&node.delay);
        if (response != nullptr && plan_.roles[response->role].responds_outside) marks.push_back({Mark::Kind::outside_hours, id});
        if (node.attempts) marks.push_back({Mark::Kind::again, id});
        if (doubts_.contains(id)) marks.push_back({Mark::Kind::unsound, id});
    }
    std::sort(marks.begin(), marks.end());
    return marks;
}

analysis::Taking Sampler::taking(NodeId id, Trial& trial, Time begin) const {
    const analysis::Node& node = recovery_.network.nodes[id];
    if (std::holds_alternative<analysis::FailingDelay>(node.delay)) return {Time::zero(), true};
    if (!trial.chance.planning()) {
        const analysis::Taking taking = node.attempts ? attempts(id, trial, begin) : one_attempt(id, trial, begin, 0);
        if (id == recovery_.network.detection) trial.found = later(begin, taking.length);
        return taking;
    }
    if (!node.attempts) return delay_of(id, trial, begin, 0);
    return trial.chance.unknown_length() == never ? analysis::planning_taking(plan_, node) : analysis::planning_taking_at_best(plan_, node);
}

// One attempt after the other, until one succeeds: it is not stopped by the timeout, and does not fail by chance.
analysis::Taking Sampler::attempts(NodeId node, Trial& trial, Time begin) const {
    const analysis::Attempts& how = *recovery_.network.nodes[node].attempts;
    const Entity who = entities_[node];
    Time passed{0};
    for (std::uint64_t attempt = 0;; ++attempt) {
        const auto [length, fails, verifying] = one_attempt(node, trial, begin, attempt);
        if (fails || length == never) return {later(passed, length), fails};
        const bool stopped = how.timeout && length > *how.timeout;
        passed = later(passed, stopped ? *how.timeout : length);
        if (!stopped && !trial.chance.happens(how.fails, who, failure_draw, attempt)) return {passed, false, verifying};
        if (attempt == 0) trial.marks.push_back({Mark::Kind::again, node});
        if (attempt == static_cast<std::uint64_t>(how.retries)) return {passed, true};
        passed = later(passed, trial.chance.length(how.pause, who, pause_draw, attempt));
    }
}

// Which copies are useless is found out in the first attempt.
analysis::Taking Sampler::one_attempt(NodeId node, Trial& trial, Time begin, std::uint64_t attempt) const {
    analysis::Taking taking = delay_of(node, trial, begin, attempt);
    if (attempt > 0 || doubts_.empty() || !doubts_.contains(node)) return taking;
    const analysis::Taking in_vain = useless(node, trial, begin);
    if (in_vain.fails) return recovery_.network.nodes[node].failure != 0 ? in_vain : never;
    taking.length = later(in_vain.length, taking.length);
    return taking;
}

// What is restored and checked in vain; fails where nothing sound is left.
analysis::Taking Sampler::useless(NodeId node, Trial& trial, Time begin) const {
    analysis::Taking sum;
    std::uint64_t instance = first_useless;
    for (const Doubt& doubt : doubts_.at(node)) {
        const auto found = doubt.runs.newest(trial.chance, trial.t0, doubt.damaged ? std::min(trial.found, farthest) : Time::zero());
        for (unsigned i = 0; i < found.unsound; ++i, ++instance)
            sum.length = later(sum.length, doubt.own ? transfer(*doubt.own, entities_[node], trial.chance, instance).length
                                                     : delay_of(node, trial, begin, instance).length);
        if (found.unsound > 0) trial.marks.push_back({Mark::Kind::unsound, node});
        sum.fails |= !found.start;
    }
    return sum;
}

analysis::Taking Sampler::delay_of(NodeId node, Trial& trial, Time begin, std::uint64_t instance) const {
    const analysis::Delay& delay = recovery_.network.nodes[node].delay;
    const Entity who = entities_[node];
    if (lengths_[node]) return trial.chance.length(*lengths_[node], who, length_draw, instance);
    if (const auto* d = std::get_if<analysis::DetectorDelay>(&delay)) return detection(plan_.detectors[d->detector], who, trial.chance);
    if (const auto* d = std::get_if<analysis::ResponseDelay>(&delay)) return response(node, d->role, trial, begin);
    if (const auto* d = std::get_if<analysis::TransferDelay>(&delay)) return transfer(d->transfer(), who, trial.chance, instance);
    if (std::holds_alternative<analysis::UnknownDelay>(delay)) return trial.chance.unknown_length();
    return std::holds_alternative<analysis::NoDelay>(delay) ? Time::zero() : never;
}

Time Sampler::response(NodeId node, Id<model::Role> id, Trial& trial, Time begin) const {
    const model::Role& role = plan_.roles[id];
    if (trial.chance.planning()) return role.worst_response();
    const bool outside = role.responds_outside && !hours_[id.value].hold(moment_after(trial.t0, begin));
    if (outside) trial.marks.push_back({Mark::Kind::outside_hours, node});
    const auto& responds = (outside ? responses_outside_ : responses_)[id.value];
    return responds ? trial.chance.length(*responds, entities_[node], length_draw) : Time::zero();
}

}  // namespace muster::simulator
