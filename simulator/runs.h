// The runs of one backup: which one there is to restore from, and whether it turns out sound.
#pragma once

#include <optional>

#include "compiler/analysis/schedules.h"
#include "simulator/chance.h"

namespace muster::simulator {

using analysis::Instant;
using support::Id;

/// The runs of a backup or snapshot as they lie in one store, ready for many trials.
///
/// The newest run that can be used is that of the last start s with s <= t0 and s + lateness + takes + upload + lag <= t0 + D; where the
/// copy lies in a store that it is moved to at an age, the same that much earlier. Where a profile in force says how many backups turn out
/// `unsound`, each run is useless with that probability, whatever the store, unless a `verify … by restore` has been through by t0 that
/// began when it was there. Then the next older run is tried, and so on, as long as they are kept; after `most_tried` of them nobody
/// believes in the rest.
class Runs {
public:
    static constexpr unsigned most_tried = 100;

    /// What is found when one looks for the newest sound run.
    struct Found {
        std::optional<Instant> start;  ///< of that run; nothing where there is none
        unsigned unsound = 0;          ///< how many newer ones were tried, and were useless
    };

    /// The runs of `copy`, which has a schedule, in `store`.
    Runs(const model::Plan& plan, Id<model::Copy> copy, Id<model::Store> store, const analysis::Schedules& schedules);

    /// From when a run is due until it is safe in the store: drawn once in a trial; in planning the longest. `never` where that is not
    /// known.
    [[nodiscard]] Time length(const Chance& chance) const;

    /// The newest sound run for a disruption at `t0` whose damage was unseen for `unseen`.
    [[nodiscard]] Found newest(const Chance& chance, Instant t0, Time unseen) const;

    /// The worst loss in planning values: the longest gap between runs, and what comes on top.
    [[nodiscard]] Time planned_loss(Time unseen) const;

    /// The age at which the copy gets to the store.
    [[nodiscard]] Time moved_after() const { return moved_after_; }
    /// Whether any run may turn out useless.
    [[nodiscard]] bool may_be_unsound() const { return unsound_.millionths > 0; }

private:
    [[nodiscard]] std::optional<Instant> proven(Instant t0) const;

    Length takes_;
    std::optional<Length> uploads_;  ///< where the plan says how long they take
    std::optional<Time> starts_within_;
    Entity run_;     ///< what happens once to a run, whatever its destination
    Entity upload_;  ///< what happens on the way to the store
    analysis::Timetable timetable_;
    std::optional<Time> longest_gap_;
    Time uploading_{0};  ///< where the plan says no `upload`
    Time lag_{0};        ///< as planned: until another store has passed it on
    Time moved_after_{0};
    Time kept_;  ///< no older run is left
    model::Percent unsound_;
    std::vector<std::pair<analysis::Timetable, Time>> proofs_;  ///< what tries them out, and how long that takes
};

/// The replication by which what `copy` writes gets to `store`, from one of the stores that it is written to; from `store` itself, without
/// a lag, where it is written there.
[[nodiscard]] std::pair<Id<model::Store>, Time> way_to(const model::Plan& plan, const model::Copy& copy, Id<model::Store> store);

}  // namespace muster::simulator
