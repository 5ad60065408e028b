// How far apart the runs of each backup are at worst, and how long they take: worked out once for a plan.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "compiler/analysis/calendar.h"
#include "compiler/model/plan.h"

namespace muster::analysis {

using support::Id;
using support::Time;

/// The longest gap between starts of `backup`, over as many runs as it may miss, where a run takes `run`: a start that is due while
/// the run before is still going is skipped. Nothing without a schedule or without starts.
[[nodiscard]] std::optional<Time> longest_gap_of(const model::Backup& backup, Time run, Instant as_of);

/// The shortest time from one start of `schedule` to the next, of its first 400 starts after `as_of`. Nothing where there are fewer than
/// two.
[[nodiscard]] std::optional<Time> shortest_gap_of(const model::Schedule& schedule, Instant as_of);

/// The planning time that a run of the backup `copy` needs to upload to `store`: what the plan says, else size / rate, which is that of
/// the store, or of the slowest link between it and the sites at which the data is written. Zero for a volume
/// without a rate, which the backup writes to directly. Nothing where that cannot be told.
[[nodiscard]] std::optional<Time> upload_time(const model::Plan& plan, const model::Copy& copy, Id<model::Store> store);

class Gaps;  // longest gaps of the schedules that have been asked for

/// The clock of every schedule of a plan, and what follows from it for the plan's backups. Immutable; takes about a millisecond for each
/// different schedule of the plan.
class Schedules {
public:
    /// What a backup comes to on its way to one store.
    struct Run {
        std::optional<Time> upload;  ///< as of `upload_time`
        std::optional<Time>
            length;               ///< the longest from when it is due: how late it may start + duration + upload + lag, in planning values
        std::optional<Time> gap;  ///< as of `longest_gap_of`; nothing where the upload is not known
        Time lag{0};              ///< of the replication, where another store passes it on to this one
    };

    Schedules(const model::Plan& plan, Instant as_of);

    /// Of a plan that is `before` with a change: calendars that were walked once, 28 years of them, are not walked again. Not for several
    /// threads at once with the same `before`.
    Schedules(const model::Plan& plan, const Schedules& before);

    /// The day from which all is counted.
    [[nodiscard]] Instant as_of() const { return as_of_; }
    /// The run of the backup `copy` to `store`, which is one of its destinations, a store that one of these replicates to, or a store of an
    /// archive on top of it; of anything else nothing is known.
    [[nodiscard]] Run run(Id<model::Copy> copy, Id<model::Store> store) const;

private:
    void fill(const model::Plan& plan);

    Instant as_of_;
    std::shared_ptr<Gaps> gaps_;
    std::vector<std::map<Id<model::Store>, Run>> runs_;  // by copy
};

}  // namespace muster::analysis
