#include "simulator/loss.h"

#include <algorithm>

#include "compiler/analysis/replication.h"

namespace muster::simulator {
namespace {

using support::later;
using support::never;

// The draws of a copy.
constexpr std::uint64_t length_draw = 0;
constexpr std::uint64_t phase_draw = 1;
constexpr std::uint64_t lateness_draw = 2;

Time age_when_moved_to(Id<model::Store> store, const model::Backup& backup) {
    for (const model::Destination& to : backup.to)
        if (to.store == store) return to.after.value_or(Time::zero());
    return Time::zero();
}

// The store that the copy is written to itself, whichever passes it on to `store`.
analysis::Replicated way_to(const model::Plan& plan, const model::Copy& copy, Id<model::Store> store) {
    for (const analysis::Replicated& one : analysis::replicated(plan, copy))
        if (one.to == store) return one;
    return {store, store, Time::zero(), false};
}

}  // namespace

Loss::Loss(const model::Plan& plan, const analysis::DataOutcome& outcome, bool damaged, const analysis::Schedules& schedules)
    : damaged_(damaged) {
    nothing_ = plan.data[outcome.data].rebuilt_in.has_value();
    lost_ = !outcome.from;
    if (!outcome.from || !outcome.from->loss) return;
    known_ = true;
    const analysis::CopyOutcome& from = *outcome.from;
    if (!from.copy) return;
    copy_ = &plan.copies[*from.copy];
    unfollowed_ = from.unfollowed;
    const std::string name = model::qualified_name(plan, *from.copy);
    run_ = entity("copy " + name);
    if (from.store) upload_ = entity("upload " + name + " to " + plan.stores[*from.store].heading.name);
    const auto way = from.store ? way_to(plan, *copy_, *from.store) : analysis::Replicated{};
    lag_ = way.lag;
    const model::Backup* backup = copy_->backup();
    if (backup == nullptr || !backup->schedule || !from.store) return;
    timetable_.emplace(*backup->schedule);
    const auto run = schedules.run(*from.copy, *from.store);
    longest_gap_ = run.gap;
    uploading_ = run.upload.value_or(never);
    moved_after_ = age_when_moved_to(way.from, *backup);
}

Time Loss::in(const Chance& chance, Instant t0, Time found) const {
    if (nothing_) return Time::zero();
    if (lost_) return never;
    if (!known_) return unknown;
    if (copy_ == nullptr || copy_->repository() != nullptr) return lag_;
    if (damaged_ && found == never) return unknown;
    const Time unseen = damaged_ ? found : Time::zero();
    if (copy_->replica() != nullptr) return later(of_replica(chance, *copy_->replica(), unseen), unfollowed_);
    if (copy_->archive() != nullptr) return later(of_archive(chance, *copy_->archive(), unseen), unfollowed_);
    return later(of_backup(chance, *copy_->backup(), t0, unseen), unfollowed_);
}

Time Loss::of_replica(const Chance& chance, const model::Replica& replica, Time unseen) const {
    if (replica.synchronous) return unseen;
    const auto& behind = replica.lag ? replica.lag : replica.delayed;
    return behind ? std::max(unseen, chance.length(behind->value, run_, length_draw)) : unknown;
}

Time Loss::of_archive(const Chance& chance, const model::Archive& archive, Time unseen) const {
    if (!archive.every) return unknown;
    const Time unshipped = chance.phase(archive.every->value, run_, phase_draw);
    return std::max(unseen, later(unshipped, later(chance.length(archive.upload, upload_, length_draw), lag_)));
}

Time Loss::of_backup(const Chance& chance, const model::Backup& backup, Instant t0, Time unseen) const {
    const Time upload = backup.upload ? chance.length(backup.upload->value, upload_, length_draw) : uploading_;
    const Time late = backup.starts_within ? chance.phase(backup.starts_within->value, run_, lateness_draw) : Time::zero();
    const Time run = later(late, later(later(chance.length(backup.takes, run_, length_draw), upload), lag_));
    if (run == never || !timetable_) return unknown;
    if (chance.planning()) return later(later(moved_after_, longest_gap_.value_or(never)), std::max(unseen, run));
    const Instant moment = t0 - moved_after_;
    const auto start = timetable_->last(moment - std::max(Time::zero(), run - unseen));
    if (!start) return never;
    return later(later(moment - *start, moved_after_), unseen);
}

}  // namespace muster::simulator
