// What a dataset loses in one trial.
#pragma once

#include <optional>

#include "compiler/analysis/estimate.h"
#include "simulator/chance.h"
#include "simulator/histogram.h"

namespace muster::simulator {

using analysis::Instant;
using support::Id;

/// The loss of one dataset by the copy that a scenario leaves it with, ready for many trials.
///
/// - replica: synchronous D, else max(D, lag, or the delay where it is delayed);
/// - archive: max(D, a uniform part of its interval + upload);
/// - backup: t0 + D − s, where s is the newest start of its schedule, by its calendar, with s <= t0 and s + takes + upload <= t0 + D;
///   where the copy lies in a store that it is moved to at an age, the same that much earlier, plus that age;
/// - the primary, a repository, and data that is rebuilt: nothing.
///
/// No run is missed and none fails, since a plan does not say how often that happens; `takes` and `upload` are drawn once in a
/// trial. What has no usable copy is lost: `support::never`; where the plan does not let one
/// know how much is, the loss is `unknown`.
class Loss {
public:
    /// `outcome` is what `estimate` found for that data, which decides which copy it is; `damaged` says that its content is.
    Loss(const model::Plan& plan, const analysis::DataOutcome& outcome, bool damaged, const analysis::Schedules& schedules);

    /// The loss where the disruption comes at `t0` and its damage is found `found` after it, `never` where nobody can tell when. In the
    /// planning trial the worst case, which is that of `analysis::copies_after`.
    [[nodiscard]] Time in(const Chance& chance, Instant t0, Time found) const;

private:
    [[nodiscard]] Time of_replica(const Chance& chance, const model::Replica& replica, Time unseen) const;
    [[nodiscard]] Time of_archive(const Chance& chance, const model::Archive& archive, Time unseen) const;
    [[nodiscard]] Time of_backup(const Chance& chance, const model::Backup& backup, Instant t0, Time unseen) const;

    const model::Copy* copy_ = nullptr;
    bool lost_ = false;
    bool known_ = false;
    bool nothing_ = false;
    bool damaged_;
    Entity run_ = 0;     ///< what happens once to the copy, whatever its destination
    Entity upload_ = 0;  ///< what happens on the way to the store it lies in
    std::optional<analysis::Timetable> timetable_;
    std::optional<Time> longest_gap_;
    Time uploading_{0};  ///< where the plan says no `upload`
    Time moved_after_{0};
    Time lag_{0};         ///< as planned: until another store has passed it on
    Time unfollowed_{0};  ///< as planned: the length of a cut
};

}  // namespace muster::simulator
