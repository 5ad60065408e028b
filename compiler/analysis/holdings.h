// What copies of data there are, and where and how each is kept, before anything has happened to them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/model/plan.h"

namespace muster::analysis {

using support::Id;
using support::Time;

/// One copy of one dataset: a replica, or what a backup, an archive or a repository has in one store.
struct Holding {
    Id<model::Copy> copy;
    std::optional<Id<model::Store>> store;  ///< nothing for a replica, and for a repository that names no store
    std::optional<Id<model::Site>> site;    ///< nothing where the plan does not say
    std::optional<Id<model::Domain>> account;
    bool keeps_past = false;        ///< what was there before a change can still be had: every copy but a replica that is not `delayed`
    bool tells_encryption = false;  ///< the plan can say of it whether it is encrypted
    bool encrypted = false;         ///< by the copy's tool or by the store
    std::optional<Time> immutable;  ///< as of the store
    Time kept{0};                   ///< the longest that any of it is kept; `never` for without end. Zero for a replica
};

/// Every copy of `data`, in order of declaration and of destination, also where a store replicates it to.
[[nodiscard]] std::vector<Holding> holdings_of(const model::Plan& plan, Id<model::Dataset> data);

/// "`standby`", "`nightly` in `vault`".
[[nodiscard]] std::string quoted_name(const model::Plan& plan, const Holding& holding);

/// The sites at which `data` is written: those where what holds it is active, each once. Empty where the plan does not say, or does not
/// say it of all that holds it.
[[nodiscard]] std::vector<Id<model::Site>> homes_of(const model::Plan& plan, Id<model::Dataset> data);

}  // namespace muster::analysis
