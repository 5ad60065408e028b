// How things are brought back: procedures of steps.
#pragma once

#include <variant>

#include "compiler/model/data.h"

namespace muster::model {

/// `restore DATA from COPY`, or from a store: then whichever of the data's copies is written there.
struct Restore {
    std::vector<SaidId<Dataset>> data;
    std::optional<Id<Copy>> copy;
    std::optional<Id<Store>> store;
    Span from;                   ///< where copy or store is named
    bool before_damage = false;  ///< to the last moment before the damage
    std::string point;           ///< `to point`: a moment in UTC, or the name of a question whose answer is one; empty: none
    bool point_is_asked = false;
    Span point_span;
};
struct Promote {
    Id<Copy> replica;
    Id<Dataset> data;
    Span span;  ///< of the replica's name
};
struct Scale {
    std::vector<SaidId<Service>> services;
    std::int64_t replicas = 0;
};
struct Restart {
    std::vector<SaidId<Service>> services;
};
struct RollBack {
    std::vector<SaidId<Service>> services;
};
/// Apply a manifest or a folder of manifests.
struct Apply {
    std::string path;
};
struct SwitchDns {
    std::string name;
    Id<Site> to;
    Duration ttl;
};
struct SwitchTraffic {
    Id<Service> service;
    Id<Site> to;
};
struct WaitFor {
    std::vector<SaidThing> things;
};
struct Notify {
    std::vector<SaidId<Channel>> channels;
    std::optional<Id<Message>> message;
};
struct Approve {
    Id<Role> by;
};
struct Maintenance {
    bool on = false;
};
/// A shell text. The only text of a plan that is ever run.
struct Run {
    std::string text;
    Span span;  ///< of the text as it was written, quotes and all
};
/// An instruction to a person.
struct Manual {
    std::string text;
};

/// Build a site.
struct Provision {
    Id<Site> site;
    std::string tool;       ///< terraform, eksctl, …; empty where the plan does not say
    std::string directory;  ///< or file, that the tool works on
};
/// Cut off, so that nothing of it can go on writing.
struct Fence {
    std::vector<SaidId<Service>> services;
};
/// Replace a secret by a new one.
struct Rotate {
    std::vector<SaidId<Secret>> secrets;
};
/// Keep the evidence before it is overwritten.
struct CaptureForensics {
    std::vector<SaidThing> of;  ///< none: whatever the scenario affects
    std::optional<Id<Store>> to;
};

using Action = std::variant<Restore, Promote, Scale, Restart, RollBack, Apply, SwitchDns, SwitchTraffic, WaitFor, Notify, Approve,
                            Maintenance, Run, Manual, Provision, Fence, Rotate, CaptureForensics>;

/// The services that `action` takes away until something starts them again: it scales them to 0, or fences them.
[[nodiscard]] std::vector<SaidId<Service>> taken_away(const Action& action);

/// The keyword of an action, as the plan writes it: `restore`, `switch dns`, …
[[nodiscard]] std::string_view action_name(const Action& action);

struct Step {
    Heading heading;  ///< the name is unique in its procedure
    Id<Procedure> procedure;
    std::string phase;        ///< the name of the phase that it stands in; empty outside phases
    bool afterwards = false;  ///< does not count in the RTA
    std::optional<Said<Place>> on;
    std::vector<SaidId<Role>> by;
    bool automatic = false;
    std::vector<SaidThing> required;  ///< `requires`: tools, externals and services that must be up
    std::vector<Id<Step>> after;      ///< all of these end before it starts; resolved from order, `parallel` and `after`
    std::optional<Said<Duration>> takes;
    std::optional<Said<Duration>> timeout;       ///< of one attempt
    std::optional<Said<Percent>> fails;          ///< the share of attempts that fail
    std::int64_t retries = 0;                    ///< attempts after the first
    Duration retry_every;                        ///< the pause before each of them
    std::optional<SaidId<Procedure>> otherwise;  ///< what to turn to where it fails for good
    std::vector<SaidThing> skip_if_down;         ///< `skip if X is down`
    std::string only_if;                         ///< a question to the operator; empty: always
    std::vector<SaidId<Service>> completes;
    std::vector<Probe> prechecks;
    std::vector<Probe> done_when;
    std::vector<Probe> verifications;
    std::optional<Action> undo;
    std::string own_command;       ///< `using`: the team's own command for the action
    Span own_command_span;         ///< of its text, quotes and all
    std::optional<Action> action;  ///< nothing: an empty step, which is legal as a milestone
};

/// A value that the operator is asked for when the procedure is run: $MUSTER_<NAME>.
struct Question {
    std::string name;
    std::string text;
    Span span;
};

struct Phase {
    Heading heading;
    std::optional<Said<Duration>> within;
};

struct Procedure {
    Heading heading;
    std::vector<SaidId<Service>> recovers;
    std::optional<Said<Duration>> within;  ///< what the document promises for the whole
    std::vector<Question> asks;
    std::optional<Said<Duration>> fails_back_in;  ///< after recovery, until everything is again where the plan has it
    std::vector<Phase> phases;
    std::vector<Id<Step>> steps;  ///< in the order in which they are written
};

}  // namespace muster::model
