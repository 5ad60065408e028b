// How long each part of a recovery takes in one trial.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "simulator/hours.h"
#include "simulator/loss.h"

namespace muster::simulator {

/// Something out of the ordinary that befell a part of the recovery in one trial.
struct Mark {
    enum class Kind : std::uint8_t {
        outside_hours,  ///< a role was paged outside its working hours
        again,          ///< an attempt of a step failed or was stopped
        unsound,        ///< a copy that a step restored from turned out useless
    };
    Kind kind = Kind::again;
    analysis::NodeId node = 0;
    auto operator<=>(const Mark&) const = default;
};

/// One trial under way.
struct Trial {
    const Chance& chance;
    Instant t0;                   ///< the disruption
    Time found = support::never;  ///< the detection, once that has happened
    std::vector<Mark> marks = {};
};

/// Gives each node of one network what becomes of it. Several threads may ask it at once. `plan` and `recovery` have to outlive it.
class Sampler {
public:
    Sampler(const model::Plan& plan, const analysis::Recovery& recovery, const analysis::Schedules& schedules);

    /// The moment of the disruption: uniform over [as_of, as_of + `analysis::gap_horizon`).
    [[nodiscard]] Instant moment(const Chance& chance) const;

    /// What becomes of `node`, which begins at `begin` after the disruption.
    [[nodiscard]] analysis::Taking taking(analysis::NodeId node, Trial& trial, Time begin) const;

    /// Everything that may befall a part of this recovery, in order.
    [[nodiscard]] std::vector<Mark> possible_marks() const;

    /// What draws for `node` are keyed by.
    [[nodiscard]] Entity entity_of(analysis::NodeId node) const { return entities_[node]; }
    /// The distribution of a node that takes a length of the plan, each time one draw and nothing besides; null for any other.
    [[nodiscard]] const Distribution* lengths_of(analysis::NodeId node) const;

    /// Whether nobody can tell how long some part takes: what never happens may only be unknown.
    [[nodiscard]] bool something_unknown() const { return something_unknown_; }

private:
    // A copy that a step restores from, each run of which may turn out useless.
    struct Doubt {
        Runs runs;
        bool damaged = false;                   ///< then the newest run that can be used is the newest clean one
        std::optional<analysis::Transfer> own;  ///< what restoring this copy alone takes; nothing: the whole step is done again
    };

    void add_lengths();
    [[nodiscard]] std::optional<Length> length_of(const std::optional<support::Said<model::Duration>>& said) const;
    void add_doubts(const analysis::Schedules& schedules);
    [[nodiscard]] analysis::Taking attempts(analysis::NodeId node, Trial& trial, Time begin) const;
    [[nodiscard]] analysis::Taking one_attempt(analysis::NodeId node, Trial& trial, Time begin, std::uint64_t attempt) const;
    [[nodiscard]] analysis::Taking delay_of(analysis::NodeId node, Trial& trial, Time begin, std::uint64_t instance) const;
    [[nodiscard]] analysis::Taking useless(analysis::NodeId node, Trial& trial, Time begin) const;
    [[nodiscard]] Time response(analysis::NodeId node, Id<model::Role> role, Trial& trial, Time begin) const;

    const model::Plan& plan_;
    const analysis::Recovery& recovery_;
    Instant as_of_;
    bool something_unknown_ = false;
    std::vector<Entity> entities_;                           ///< by node
    std::vector<std::shared_ptr<const Length>> lengths_;     ///< by node that takes a length of the plan; equal ones share theirs
    std::vector<std::optional<Length>> responses_;           ///< by role
    std::vector<std::optional<Length>> responses_outside_;   ///< by role: outside hours, where that differs
    std::vector<WorkingHours> hours_;                        ///< by role
    std::map<analysis::NodeId, std::vector<Doubt>> doubts_;  ///< by step that restores
};

}  // namespace muster::simulator
