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

struct Role {
    Heading heading;
    std::int64_t headcount = 1;
    std::string held_by;
    std::vector<Hours> hours;                        ///< none: the role answers at all hours alike
    std::optional<Said<Duration>> responds;          ///< from the page to being at work
    std::optional<Said<Duration>> responds_outside;  ///< the same outside `hours`
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
    std::string text;
};

/// A review or an update that is due by a calendar.
struct Duty {
    Heading heading;
    std::optional<Schedule> schedule;
    std::vector<SaidId<Role>> by;
};

}  // namespace muster::model
