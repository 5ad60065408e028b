// What a scenario leaves of each copy of the data, and how much each would lose.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/analysis/impact.h"
#include "compiler/analysis/transfer.h"

namespace muster::analysis {

/// What can be done with a copy after the disruption.
enum class CopyState : std::uint8_t {
    usable,
    expired,      ///< its newest clean point is older than what retention keeps
    compromised,  ///< the attacker reaches it
    tainted,      ///< it followed the damage
    lost,         ///< its place is down or destroyed
};

/// "usable", "expired", "compromised", "tainted" or "lost".
[[nodiscard]] std::string_view copy_state_name(CopyState state);

/// One copy of one dataset: the primary, a live or versioned copy, or one destination of a backup or an archive.
struct CopyOutcome {
    std::optional<Id<model::Copy>> copy;    ///< nothing: the primary
    std::optional<Id<model::Store>> store;  ///< where it lies; nothing for the primary and for replicas
    CopyState state = CopyState::usable;
    std::string reason;        ///< why it is in that state, and what its loss is made of
    std::optional<Time> loss;  ///< worst case; nothing where it is unbounded or unknown
    /// What of the loss was written while it was cut off and could not follow.
    Time unfollowed{0};
};

/// What the losses of a scenario are reckoned from.
struct Damage {
    const Impact* impact = nullptr;
    const model::Scenario* scenario = nullptr;
    /// How long damage goes unseen, in planning values: D of model.md. Nothing where it is not known.
    std::optional<Time> unseen;
    /// Whether what `fails` comes back by itself.
    bool returns = false;
    const Schedules* schedules = nullptr;
    /// How long the network is cut, in planning values; nothing where that does not end by itself.
    std::optional<Time> cut;
};

/// The state and worst-case loss of every copy of `data`, the primary first, then in order of declaration and destination.
[[nodiscard]] std::vector<CopyOutcome> copies_after(const model::Plan& plan, Id<model::Dataset> data, const Damage& damage);

/// How far `replica` may be behind: its `lag`, else its delay, in planning values; 0 for a synchronous one. Nothing where the plan does
/// not say.
[[nodiscard]] std::optional<Time> worst_lag(const model::Replica& replica);

/// How old what `archive` has not shipped yet may be: interval + upload, in planning values. Nothing without an interval.
[[nodiscard]] std::optional<Time> worst_age(const model::Archive& archive);

/// "primary", "nightly in vault", "standby".
[[nodiscard]] std::string name_of(const model::Plan& plan, const CopyOutcome& outcome);

/// Whether `a` is the better copy to recover from: usable, then the smaller loss.
[[nodiscard]] bool better(const CopyOutcome& a, const CopyOutcome& b);

}  // namespace muster::analysis
