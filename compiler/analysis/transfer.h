// How long it takes to move a copy out of a store, or into one.
#pragma once

#include <optional>
#include <string>

#include "compiler/analysis/schedules.h"
#include "compiler/model/plan.h"

namespace muster::analysis {

using support::Id;
using support::Size;
using support::Time;

/// The parts of a transfer, in the order in which they happen. `unknown` says what is missing where the whole cannot be told.
struct Transfer {
    model::Duration retrieval;  ///< before the first byte comes, by storage class
    Time moving{0};             ///< the base copy at the slowest rate on its way
    Time moving_log{0};         ///< the log on top of it
    Time replaying{0};          ///< that log
    std::string unknown;

    /// All parts in planning values; nothing where one is unknown.
    [[nodiscard]] std::optional<Time> planning() const;
    /// All parts but the retrieval.
    [[nodiscard]] Time after_retrieval() const;
};

/// The time that restoring `data` from `copy` out of `store` takes:
/// retrieval + size / slowest rate + log / slowest rate + log / replay rate.
/// The size is the copy's where it says one, else that of `data` alone; the rates are those at which the store is read and the data is
/// loaded back. The log of an archive is what changes in the longest gap of its base + the base's duration + its upload.
[[nodiscard]] Transfer restore_time(const model::Plan& plan, Id<model::Dataset> data, Id<model::Copy> copy, Id<model::Store> store,
                                    const Schedules& schedules);

}  // namespace muster::analysis
