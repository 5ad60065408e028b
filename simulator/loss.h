// What a dataset loses in one trial.
#pragma once

#include <optional>

#include "compiler/analysis/estimate.h"
#include "simulator/histogram.h"
#include "simulator/runs.h"

namespace muster::simulator {

/// The loss of one dataset by the copy that a scenario leaves it with, ready for many trials.
///
/// - replica: synchronous D, else max(D, lag, or the delay where it is delayed);
/// - archive: max(D, a uniform part of its interval + upload);
/// - backup: t0 + D − s, where s is the start of the newest sound run, as `Runs` has it; lost where there is none. An archive whose base is
///   such a backup is lost with the last sound base;
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
    [[nodiscard]] Time of_archive(const Chance& chance, const model::Archive& archive, Instant t0, Time unseen) const;
    [[nodiscard]] Time of_backup(const Chance& chance, Instant t0, Time unseen) const;

    const model::Copy* copy_ = nullptr;
    bool lost_ = false;
    bool known_ = false;
    bool nothing_ = false;
    bool damaged_;
    Entity run_ = 0;                ///< what happens once to the copy, whatever its destination
    Entity upload_ = 0;             ///< what happens on the way to the store it lies in
    std::optional<Runs> runs_;      ///< of the backup; of an archive those of its base, where these may turn out useless
    std::optional<Length> behind_;  ///< of a replica how far; of an archive how long its upload takes
    Time lag_{0};                   ///< as planned: until another store has passed it on
    Time unfollowed_{0};            ///< as planned: the length of a cut
};

/// The runs that a copy in that store is restored from: its own, or those of the base of an archive. Nothing where these are none, or
/// where no schedule says when they are.
[[nodiscard]] std::optional<Runs> runs_behind(const model::Plan& plan, Id<model::Copy> copy, Id<model::Store> store,
                                              const analysis::Schedules& schedules);

}  // namespace muster::simulator
