#include "simulator/loss.h"

#include <algorithm>

namespace muster::simulator {
namespace {

using support::later;
using support::never;

// The draws of a copy.
constexpr std::uint64_t length_draw = 0;
constexpr std::uint64_t phase_draw = 1;

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
    if (const model::Replica* replica = copy_->replica(); replica != nullptr && (replica->lag || replica->delayed))
        behind_.emplace((replica->lag ? replica->lag : replica->delayed)->value, plan.origins);
    if (copy_->archive() != nullptr) behind_.emplace(copy_->archive()->upload, plan.origins);
    if (from.store) upload_ = entity("upload " + name + " to " + plan.stores[*from.store].heading.name);
    if (!from.store) return;
    lag_ = way_to(plan, *copy_, *from.store).second;
    runs_ = runs_behind(plan, *from.copy, *from.store, schedules);
}

std::optional<Runs> runs_behind(const model::Plan& plan, Id<model::Copy> copy, Id<model::Store> store,
                                const analysis::Schedules& schedules) {
    const model::Archive* archive = plan.copies[copy].archive();
    if (archive != nullptr && archive->base) copy = archive->base->value;
    const model::Backup* backup = plan.copies[copy].backup();
    if (backup == nullptr || !backup->schedule) return std::nullopt;
    return Runs(plan, copy, store, schedules);
}

Time Loss::in(const Chance& chance, Instant t0, Time found) const {
    if (nothing_) return Time::zero();
    if (lost_) return never;
    if (!known_) return unknown;
    if (copy_ == nullptr || copy_->repository() != nullptr) return lag_;
    if (damaged_ && found == never) return unknown;
    const Time unseen = damaged_ ? found : Time::zero();
    if (copy_->replica() != nullptr) return later(of_replica(chance, *copy_->replica(), unseen), unfollowed_);
    if (copy_->archive() != nullptr) return later(of_archive(chance, *copy_->archive(), t0, unseen), unfollowed_);
    return later(of_backup(chance, t0, unseen), unfollowed_);
}

Time Loss::of_replica(const Chance& chance, const model::Replica& replica, Time unseen) const {
    if (replica.synchronous) return unseen;
    return behind_ ? std::max(unseen, chance.length(*behind_, run_, length_draw)) : unknown;
}

Time Loss::of_archive(const Chance& chance, const model::Archive& archive, Instant t0, Time unseen) const {
    if (!archive.every) return unknown;
    const bool doubtful = !chance.planning() && runs_ && runs_->may_be_unsound() && runs_->length(chance) != never;
    if (doubtful && !runs_->newest(chance, t0, unseen).start) return never;
    const Time unshipped = chance.phase(archive.every->value, run_, phase_draw);
    return std::max(unseen, later(unshipped, later(chance.length(*behind_, upload_, length_draw), lag_)));
}

Time Loss::of_backup(const Chance& chance, Instant t0, Time unseen) const {
    if (!runs_ || runs_->length(chance) == never) return unknown;
    if (chance.planning()) return runs_->planned_loss(unseen);
    const auto start = runs_->newest(chance, t0, unseen).start;
    return start ? later(t0 - *start, unseen) : never;
}

}  // namespace muster::simulator
