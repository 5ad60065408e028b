#include "simulator/runs.h"

#include <algorithm>

#include "compiler/analysis/replication.h"

namespace muster::simulator {
namespace {

using support::later;
using support::never;

// The draws of a copy.
constexpr std::uint64_t length_draw = 0;
constexpr std::uint64_t lateness_draw = 2;
constexpr std::uint64_t soundness_draw = 3;

Time age_when_moved_to(Id<model::Store> store, const model::Backup& backup) {
    for (const model::Destination& to : backup.to)
        if (to.store == store) return to.after.value_or(Time::zero());
    return Time::zero();
}

// The longest that anything is kept in `store`, and not beyond the age at which it is moved on.
Time kept_in(Id<model::Store> store, Time moved_after, const model::Backup& backup) {
    Time longest{0};
    bool said = false;
    for (const model::Retention& line : backup.keep) {
        if (line.in && *line.in != store) continue;
        longest = std::max(longest, line.length.value_or(never));
        said = true;
    }
    if (!said) longest = never;
    for (const model::Destination& next : backup.to)
        if (next.after && *next.after > moved_after) longest = std::min(longest, *next.after);
    return longest;
}

}  // namespace

std::pair<Id<model::Store>, Time> way_to(const model::Plan& plan, const model::Copy& copy, Id<model::Store> store) {
    for (const analysis::Replicated& one : analysis::replicated(plan, copy))
        if (one.to == store) return {one.from, one.lag};
    return {store, Time::zero()};
}

Runs::Runs(const model::Plan& plan, Id<model::Copy> copy, Id<model::Store> store, const analysis::Schedules& schedules)
    : takes_(plan.copies[copy].backup()->takes, plan.origins),
      timetable_(*plan.copies[copy].backup()->schedule),
      unsound_(plan.unsound ? plan.unsound->value : model::Percent{}) {
    const model::Backup& backup = *plan.copies[copy].backup();
    if (backup.upload) uploads_.emplace(backup.upload->value, plan.origins);
    if (backup.starts_within) starts_within_ = backup.starts_within->value;
    const std::string name = model::qualified_name(plan, copy);
    run_ = entity("copy " + name);
    upload_ = entity("upload " + name + " to " + plan.stores[store].heading.name);
    const auto run = schedules.run(copy, store);
    longest_gap_ = run.gap;
    uploading_ = run.upload.value_or(never);
    const auto [from, lag] = way_to(plan, plan.copies[copy], store);
    lag_ = lag;
    moved_after_ = age_when_moved_to(from, backup);
    kept_ = kept_in(from, moved_after_, backup);
    for (const model::Verification& one : backup.verifications)
        if (one.schedule && one.how == model::Verification::How::restore)
            proofs_.emplace_back(analysis::Timetable(*one.schedule), one.takes ? one.takes->value.planning() : Time::zero());
}

Time Runs::length(const Chance& chance) const {
    const Time upload = uploads_ ? chance.length(*uploads_, upload_, length_draw) : uploading_;
    const Time late = starts_within_ ? chance.phase(*starts_within_, run_, lateness_draw) : Time::zero();
    return later(late, later(later(chance.length(takes_, run_, length_draw), upload), lag_));
}

Time Runs::planned_loss(Time unseen) const {
    return later(later(moved_after_, longest_gap_.value_or(never)), std::max(unseen, length(Chance{})));
}

// When the last of the tests began that are through by `t0`.
std::optional<Instant> Runs::proven(Instant t0) const {
    std::optional<Instant> last;
    for (const auto& [timetable, takes] : proofs_) {
        const auto begin = timetable.last(t0 - takes);
        if (begin && (!last || *begin > *last)) last = begin;
    }
    return last;
}

Runs::Found Runs::newest(const Chance& chance, Instant t0, Time unseen) const {
    const Time run = length(chance);
    if (run == never) return {};
    Found found{timetable_.last(t0 - moved_after_ - std::max(Time::zero(), run - unseen))};
    if (!may_be_unsound()) return found;
    const auto tested = proven(t0);
    while (found.start) {
        const auto instance = static_cast<std::uint64_t>(found.start->time_since_epoch().count());
        if (tested && *found.start + run <= *tested) return found;
        if (!chance.happens(unsound_, run_, soundness_draw, instance)) return found;
        found.start = ++found.unsound < most_tried ? timetable_.last(*found.start - Time{1}) : std::nullopt;
        if (found.start && t0 - *found.start > kept_) found.start.reset();
    }
    return found;
}

}  // namespace muster::simulator
