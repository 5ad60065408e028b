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

/// Bytes on their way through channels of limited rate. A store is the channel of its number, data that of its number after all stores, a
/// copy that of its number after all data, a link that of its number after all copies.
struct Flow {
    Size bytes;
    std::vector<std::uint32_t> channels;
};

/// The parts of a transfer, in the order in which they happen. `unknown` says what is missing where the whole cannot be told.
struct Transfer {
    model::Duration retrieval;               ///< before the first byte comes, by storage class
    Time latency{0};                         ///< of the links on its way, once: until what is sent begins to come
    Time moving{0};                          ///< the base copies, each at the slowest rate on its way
    Time moving_log{0};                      ///< the logs on top of them
    Time replaying{0};                       ///< that log
    std::vector<model::Duration> verifying;  ///< what was loaded, one check after the other
    std::vector<Flow> flows;                 ///< the base copies, one after the other
    std::vector<Flow> logs;                  ///< and then the logs
    std::string unknown;
    std::vector<Id<model::Origin>> origins;  ///< of the rates that are not the plan's own

    /// All parts in planning values; nothing where one is unknown.
    [[nodiscard]] std::optional<Time> planning() const;
    /// What is moved and replayed: all parts but the retrieval, the latency and the checks.
    [[nodiscard]] Time after_retrieval() const;
    /// All checks in planning values.
    [[nodiscard]] Time verification() const;
    /// The flow of that number, of the base copies and then the logs; there are `flows.size() + logs.size()`.
    [[nodiscard]] const Flow& flow(std::size_t number) const;
};

/// The time that restoring `data` from `copy` out of `store` takes:
/// retrieval + latency + size / slowest rate + log / slowest rate + log / replay rate.
/// The size is the copy's where it says one, else that of `data` alone; the rates are those at which the store is read and the data is
/// loaded back, by its own word or else by the copy's tool, and the bandwidth of the link between the site of the store and `sink`. The log
/// of an archive is what changes in the longest gap of its base + the base's duration + its upload.
[[nodiscard]] Transfer restore_time(const model::Plan& plan, Id<model::Dataset> data, Id<model::Copy> copy, Id<model::Store> store,
                                    const Schedules& schedules, std::optional<Id<model::Site>> sink = {});

/// What each channel lets through: by store how fast it is read, then by data how fast it is loaded back, then by copy how fast its tool
/// loads it back, then by link its bandwidth; 0 bytes where that is not said.
[[nodiscard]] std::vector<support::Rate> channels_of(const model::Plan& plan);

}  // namespace muster::analysis
