// What is demanded: objectives, in general and under one kind of disruption.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/support/span.h"
#include "compiler/support/time.h"

namespace muster::model {

using support::Said;
using support::Span;
using support::Time;

/// What sort of misfortune a scenario is; an objective may hold for one of them only.
enum class DisruptionKind : std::uint8_t { hardware, zone, region, provider, corruption, malice, people };

/// A percentage in exact millionths: 99.95 % is 999'500.
struct Percent {
    std::int32_t millionths = 0;
    auto operator<=>(const Percent&) const = default;
};

/// `rto 4h under corruption`: a time that holds for one kind of disruption.
struct TimeUnder {
    DisruptionKind kind;
    Said<Time> time;
};

/// One time objective with its exceptions.
struct TimeObjective {
    std::optional<Said<Time>> general;
    std::vector<TimeUnder> under;

    /// What holds under `kind`: its own exception, else the general one, else nothing.
    [[nodiscard]] std::optional<Said<Time>> at(DisruptionKind kind) const;
};

/// The objectives that one declaration states itself, without what it inherits.
struct Objectives {
    TimeObjective rto;
    TimeObjective rpo;
    TimeObjective mtd;
    std::optional<Said<Percent>> availability;
    std::optional<Said<std::int64_t>> priority;
    std::optional<Said<Time>> skew;        ///< how far the RPAs of the data that a service uses may lie apart
    std::optional<Said<Time>> claims_rta;  ///< what the document says is achieved: to be recomputed, never believed
    std::optional<Said<Time>> claims_rpa;
};

/// What copies data has to have, whichever they are. What it does not say is not demanded.
struct CopyPolicy {
    std::optional<Said<std::int64_t>> copies;     ///< at least so many, the data itself counted
    std::optional<Said<std::int64_t>> kinds;      ///< on at least so many kinds of store
    std::optional<Said<std::int64_t>> elsewhere;  ///< at least so many away from the site of the data
    std::optional<Said<Time>> immutable;          ///< one of them cannot be changed for that long
    bool encrypted = false;
    std::optional<Said<Time>> verified_every;  ///< each is tested at least that often
    std::optional<Said<Time>> retained;        ///< kept at least that long
    std::vector<std::string> notes;
    Span span;
};

}  // namespace muster::model
