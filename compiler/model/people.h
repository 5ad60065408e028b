// Who acts, how fast, and where messages go.
#pragma once

#include "compiler/model/calendar.h"
#include "compiler/model/duration.h"
#include "compiler/model/heading.h"

namespace muster::model {

/// How a person or a group is reached, as written: `phone`, `email`, `pager`, `chat`, `ticket`.
struct Reach {
    std::string by;
    std::string address;
};

/// The hours of the week in which a role works.
struct Hours {
    std::uint8_t weekdays = 0;  ///< bit n for weekday n, Sunday 0
    Time from{0};               ///< since midnight
    Time until{0};              ///< since midnight; later than `from`
    std::string zone;           ///< IANA name
    Span span;
};

/// `escalates to lead after 15m`.
struct Escalation {
    SaidId<Role> to;
    Duration after;  ///< without an answer
};

struct Role {
    Heading heading;
    std::int64_t headcount = 1;
    std::string held_by;
    std::vector<Hours> hours;                        ///< none: the role answers at all hours alike
    std::optional<Said<Duration>> responds;          ///< from the page to being at work
    std::optional<Said<Duration>> responds_outside;  ///< the same outside `hours`
    std::optional<Escalation> escalation;
    std::vector<SaidThing> works_through;  ///< tools, externals and services without which it can do nothing
    std::vector<Reach> reach;

    /// The time to count with in planning: the worst hour of the week. Zero where the plan does not say.
    [[nodiscard]] Time worst_response() const;
};

/// Where messages go: `slack "#incidents"`, `mail "ops@example.com"`.
struct Channel {
    Heading heading;
    std::string by;  ///< slack, pagerduty, mail, sms, statuspage, webhook; empty where the plan does not say
    std::string address;
};

/// Somebody outside the roles of the plan: a vendor's support, an authority, an insurer.
struct Contact {
    Heading heading;
    std::string organisation;
    std::string contract;          ///< number or name of what entitles to their help
    std::vector<SaidThing> about;  ///< `for`: what they are called about
    std::optional<Said<Duration>> responds;
    std::vector<Hours> hours;
    std::vector<Reach> reach;
};

/// When a message is sent, relative to the incident.
struct Occasion {
    enum class Event : std::uint8_t { disruption, detection, declaration, recovery, resolution };
    bool repeats = false;            ///< `every 1h until resolution`, otherwise once
    Time after{0};                   ///< the delay after `event`, or the period when it repeats
    Event event = Event::detection;  ///< what it counts from, or when it stops
    Span span;
};

struct Message {
    Heading heading;
    std::vector<SaidId<Channel>> to;
    std::vector<Occasion> occasions;
    std::vector<std::string> severities;  ///< of the scenarios in which it is sent; none: of all
    std::string text;
};

/// A review or an update that is due by a calendar.
struct Duty {
    Heading heading;
    std::optional<Schedule> schedule;
    std::vector<SaidId<Role>> by;
    std::string covers;  ///< what is reviewed or updated
    std::string last;    ///< the date it was done last, ISO; empty: never
};

/// One line of a checklist.
struct ChecklistItem {
    enum class When : std::uint8_t { before, during, afterwards };
    When when = When::before;
    std::string text;
    std::vector<SaidId<Role>> by;  ///< none: those of the list
    Span span;
};

/// What people tick off before, during and after an incident.
struct Checklist {
    Heading heading;
    std::vector<SaidId<Scenario>> scenarios;  ///< `for`; none: for all
    std::vector<SaidId<Role>> by;
    std::vector<ChecklistItem> items;
};

}  // namespace muster::model
