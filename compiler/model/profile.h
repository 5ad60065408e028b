// Figures that a plan takes over from somewhere else: profiles, and what was measured.
#pragma once

#include <variant>

#include "compiler/model/duration.h"
#include "compiler/model/heading.h"
#include "compiler/model/objective.h"
#include "compiler/support/bytes.h"

namespace muster::model {

/// How often something happens: so many millionths of an event in each length of time. `1 per 4y` is 1'000'000 per 4 y.
struct Frequency {
    Percent events;
    Time per{0};
};

/// One figure of a profile.
struct Figure {
    enum class Of : std::uint8_t {
        name,        ///< `figure NAME`: whatever a plan names it for; a duration
        action,      ///< how long a step of that action takes; a duration
        storage,     ///< how long the first byte of that storage class is waited for; a duration
        loading,     ///< how fast that tool loads a copy back; a rate
        replaying,   ///< how fast that engine replays its log; a rate
        likelihood,  ///< how often something `low`, `medium` or `high` happens; a frequency
        unsound,     ///< the share of backups that turn out useless; a percentage
    };
    Of of = Of::name;
    std::string subject;  ///< the name, action, class, tool, engine or level; empty of `unsound`
    std::string kind;     ///< of what: the engine or workload that an action is for, the type of a store; empty for any
    std::variant<Duration, support::Rate, Frequency, Percent> value;
    std::string written;  ///< the value as the profile has it
    std::string source;   ///< where it is from; empty where the profile's own source says all
    Span span;

    /// The clause that it stands in, without its value: `figure rds-failover`, `takes promote of postgres`, `storage glacier retrieval`.
    [[nodiscard]] std::string clause() const;
    /// What it is of, for people: `rds-failover`, `promote of postgres`, `retrieval of glacier`.
    [[nodiscard]] std::string label() const;
};

/// Named, dated and sourced figures.
struct Profile {
    Heading heading;
    std::string dated;      ///< ISO date; empty where not said
    std::string source;     ///< of all figures that do not say their own
    bool standard = false;  ///< ships with Muster
    std::vector<Figure> figures;
};

/// Where a value is from that the plan does not say itself: a figure of a profile, or what was measured.
struct Origin {
    std::string profile;         ///< its name; empty of what was measured
    std::string label;           ///< the figure's, or the name of what was measured
    std::string written;         ///< its value as the profile has it; empty of what was measured
    std::string source;          ///< where the profile has it from, or the file of measurements
    std::string dated;           ///< ISO date: of the profile, or of the last measurement; empty where not said
    std::vector<Time> observed;  ///< what was measured, the shortest first; empty of a profile's figure

    [[nodiscard]] bool measured() const { return profile.empty(); }
};

/// A value that the plan takes over from a profile.
template <class T>
struct Taken {
    T value;
    Id<Origin> origin;
};

}  // namespace muster::model
