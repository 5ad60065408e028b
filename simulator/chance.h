// Where a trial gets its values from: drawn at random, or the planning value of each.
#pragma once

#include <optional>

#include "compiler/model/duration.h"
#include "compiler/model/objective.h"
#include "compiler/model/profile.h"
#include "compiler/support/id.h"
#include "simulator/distribution.h"
#include "simulator/draws.h"
#include "simulator/quantile.h"

namespace muster::simulator {

/// A length of the plan with its distribution at hand.
class Length {
public:
    /// `origins` holds what was observed of lengths that were measured.
    Length(const model::Duration& duration, const support::Table<model::Origin>& origins)
        : planned_(duration.planning()),
          lengths_(duration,
                   duration.shape == model::Duration::Shape::measured ? origins[*duration.origin].observed : std::vector<Time>{}) {}
    /// The planning value.
    [[nodiscard]] Time planned() const { return planned_; }
    /// What draws make of it.
    [[nodiscard]] const Distribution& lengths() const { return lengths_; }

private:
    Time planned_;
    Distribution lengths_;
};

/// The values of one trial. In a planning trial every draw is replaced by what `estimate` counts with.
class Chance {
public:
    /// Of the planning trial.
    Chance() = default;
    /// Of a trial with these draws. `origins` holds what was observed of durations that were measured, and has to outlive it.
    explicit Chance(Draws draws, const support::Table<model::Origin>* origins = nullptr) : draws_(draws), origins_(origins) {}

    /// The draws; not in planning.
    [[nodiscard]] const Draws& draws() const { return *draws_; }

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

    /// The same of a length whose distribution is at hand.
    [[nodiscard]] Time length(const Length& length, Entity who, std::uint64_t number, std::uint64_t instance = 0) const {
        if (planning()) return length.planned();
        const Distribution& lengths = length.lengths();
        return lengths.is_constant() ? lengths.at(1) : lengths.at(draws_->word(who, instance, number));
    }

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
