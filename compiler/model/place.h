// Where things run, and what lies inside what.
#pragma once

#include "compiler/model/duration.h"
#include "compiler/model/heading.h"
#include "compiler/support/bytes.h"

namespace muster::model {

/// Something that sites, stores and accounts lie in and that can fail as a whole. Named in passing, never declared.
struct Domain {
    enum class Level : std::uint8_t { provider, region, account };
    Level level = Level::provider;
    std::string name;
    Span span;  ///< where it is named first
};

struct Zone {
    std::string name;
    Id<Site> site;
    Span span;
};

struct Site {
    enum class Standby : std::uint8_t { none, hot, warm, cold };  ///< none: the site is active

    Heading heading;
    std::optional<Id<Domain>> provider;
    std::optional<Id<Domain>> region;
    std::optional<Id<Domain>> account;
    std::string cluster;  ///< the kubectl context; empty where there is none
    std::vector<Id<Zone>> zones;
    Standby standby = Standby::none;
    std::optional<Said<Duration>> provisioning;  ///< how long it takes to build the site
    std::optional<Said<std::int64_t>> parallel;  ///< so many steps at a time can be performed there
};

/// What recovery needs besides services: a registry, DNS, an identity provider, Git.
struct Tool {
    Heading heading;
    std::string provides;                        ///< registry, dns, identity, git, secrets, ci, …; empty where the plan does not say
    std::vector<SaidId<Site>> at;                ///< where it lives; down when all of these are
    std::vector<SaidThing> in;                   ///< services, externals and stores that it lives in; down when all of these are
    std::optional<Said<std::int64_t>> parallel;  ///< so many steps at a time can use it
};

/// What others run.
struct External {
    Heading heading;
    std::string sla;                   ///< as written, `99.99%`; empty where none is given
    std::vector<SaidThing> fallbacks;  ///< services and externals that take its place
    Duration fallback_in;              ///< until one has taken it
    std::string fallback;              ///< for people, where it is no declaration
};

/// What joins two sites.
struct Link {
    Heading heading;
    std::optional<SaidId<Site>> a;
    std::optional<SaidId<Site>> b;
    std::optional<Said<support::Rate>> bandwidth;
    Duration latency;
};

/// A key or credentials: never the value, only where it is kept.
struct Secret {
    Heading heading;
    std::string kind;                ///< key, password, token or certificate; empty where the plan does not say
    std::vector<SaidThing> kept_in;  ///< each of these has it
    std::optional<Said<Time>> rotates_every;
    std::string rotated;  ///< the date of the last rotation, ISO; empty where not said
    std::string expires;  ///< ISO date; empty where not said
};

}  // namespace muster::model
