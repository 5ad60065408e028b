// What happens: disasters, what finds them, and what is practised.
#pragma once

#include "compiler/model/people.h"
#include "compiler/model/procedure.h"

namespace muster::model {

struct Detector {
    Heading heading;
    std::vector<SaidThing> watches;
    std::vector<SaidId<Site>> at;  ///< where it runs; it is down when all of these are
    std::optional<Said<Time>> every;
    std::int64_t threshold = 1;  ///< that many findings in a row
    Duration hold;               ///< `for`: how long it must hold before it counts
    Duration notification;       ///< from the finding to the page
    std::optional<Probe> check;
    std::string severity;
    std::vector<SaidId<Role>> notifies_roles;
    std::vector<SaidId<Channel>> notifies_channels;
    std::optional<SaidId<Procedure>> triggers;
    bool sees_corruption = false;
};

/// One thing that a scenario does.
struct Effect {
    enum class Verb : std::uint8_t { fails, destroys, corrupts, deletes, compromises, absent };
    Verb verb = Verb::fails;
    Thing thing;
    Span span;
};

/// `cuts main from dr`: nothing fails, but nothing on one side reaches the other.
struct Cut {
    std::vector<SaidThing> a;
    std::vector<SaidThing> b;
    Span span;
};

/// `recover X with P otherwise Q`; for `follow P otherwise Q` nothing is named: whatever P recovers.
struct Choice {
    std::vector<SaidId<Service>> services;
    std::vector<SaidId<Procedure>> procedures;  ///< the first, then what to turn to where it is impossible
    Span span;
};

/// `1 per 4y`: how often, as events in a length of time.
struct Likelihood {
    std::string level;  ///< low, medium, high, where the plan says only that; else empty
    Percent events;     ///< in millionths of an event: 1 is 1'000'000
    Time per{0};        ///< zero where only the level is known
    Span span;
    std::optional<Id<Origin>> origin;  ///< the profile that says what the level means
};

struct Scenario {
    Heading heading;     ///< of a member of a family `zone-loss[main/a]`, at the place of the declaration
    std::string family;  ///< the name that the scenario is declared by, where `any` makes several of it; else empty
    std::vector<Effect> effects;
    std::vector<Cut> cuts;
    std::optional<Likelihood> likelihood;
    std::optional<Said<Duration>> lasts;
    std::optional<Said<Duration>> undetected_for;
    std::vector<SaidId<Detector>> detected_by;
    std::optional<Said<Duration>> detected_after;
    std::vector<Choice> choices;
    std::string severity;
    std::vector<std::string> categories;

    /// Which kind of disruption it is, for objectives that hold `under` one: the gravest of what it does, in the
    /// order malice, corruption, provider, region, zone, people, hardware.
    DisruptionKind kind = DisruptionKind::hardware;
    /// Whether data is damaged, rather than out of reach.
    [[nodiscard]] bool damages() const;
    /// The name that it is declared by.
    [[nodiscard]] const std::string& declared_name() const { return family.empty() ? heading.name : family; }
    /// What files about it are called, without an ending: its name, of a member of a family `zone-loss.main.a`.
    [[nodiscard]] std::string file_name() const;
};

/// What a drill exercises.
struct Exercise {
    std::optional<Id<Scenario>> scenario;
    std::optional<Id<Procedure>> procedure;
    std::optional<Id<Copy>> backup;
    Span span;
};

struct Drill {
    Heading heading;
    std::vector<Exercise> exercises;
    std::optional<Schedule> schedule;
    std::string in_namespace;
    std::vector<SaidId<Site>> at;
    std::string scope;                 ///< what it may touch and what not, for people
    std::vector<std::string> expects;  ///< rto, rpo, integrity, automation, or a sentence
    std::vector<SaidId<Role>> by;
    std::string last;  ///< the date of the last run, ISO; empty: never
    std::optional<Time> took;
};

}  // namespace muster::model
