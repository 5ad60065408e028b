// Where things run, and what lies inside what.
#pragma once

#include "compiler/model/duration.h"
#include "compiler/model/heading.h"

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
};

/// What recovery needs besides services: a registry, DNS, an identity provider, Git.
struct Tool {
    Heading heading;
    std::vector<SaidId<Site>> at;  ///< where it lives; down when all of these are
};

/// What others run.
struct External {
    Heading heading;
    std::string sla;  ///< as written, `99.99%`; empty where none is given
};

}  // namespace muster::model
