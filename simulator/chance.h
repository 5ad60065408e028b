// Where a trial gets its values from: drawn at random, or the planning value of each.
#pragma once

#include <optional>

#include "compiler/model/duration.h"
#include "compiler/model/objective.h"
#include "compiler/model/profile.h"
#include "simulator/draws.h"
#include "simulator/quantile.h"

namespace muster::simulator {

/// The values of one trial. In a planning trial every draw is replaced by what `estimate` counts with.
class Chance {
public:
    /// Of the planning trial.
    Chance() = default;
    /// Of a trial with these draws. `origins` holds what was observed of durations that were measured, and has to outlive it.
    explicit Chance(Draws draws, const support::Table<model::Origin>* origins = nullptr) : draws_(draws), origins_(origins) {}

    /// Whether this is the planning trial.
    [[nodiscard]] bool planning() const { return !draws_; }

    /// The same trial as if whatever nobody knows took no time: what is never even so is impossible, not unknown.
    [[nodiscard]] Chance at_best() const {
        Chance best = *this;
        best.unknown_length_ = Time::zero();
        return best;
    }
    /// How long that takes which nobody knows.
    [[nodiscard]] Time unknown_length() const { return unknown_length_; }

    /// How long `duration` is for `who`; `number` tells apart the draws of one entity, `instance` those of the times that it goes through
    /// the same.
    [[nodiscard]] Time length(const model::Duration& duration, Entity who, std::uint64_t number, std::uint64_t instance = 0) const;

    /// Whether what happens in `share` of all cases happens to `who`; in planning never.
    [[nodiscard]] bool happens(model::Percent share, Entity who, std::uint64_t number, std::uint64_t instance) const;

    /// How far into an interval of that length `who` is: uniform, in planning the whole of it.
    [[nodiscard]] Time phase(Time interval, Entity who, std::uint64_t number) const;

private:
    std::optional<Draws> draws_;
    const support::Table<model::Origin>* origins_ = nullptr;
    Time unknown_length_ = support::never;
};

}  // namespace muster::simulator
