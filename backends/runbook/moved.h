// What a recovery has moved away from where the plan has it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// What the step that moved something lends to the step that moves it back.
struct Lent {
    std::vector<model::SaidId<model::Role>> by;
    std::optional<support::Said<model::Duration>> takes;
};

/// Data that lives elsewhere now: a replica was promoted, or a copy was restored there.
struct MovedData {
    Id<model::Dataset> data;
    std::optional<Id<model::Copy>> replica;  ///< nothing: it was restored there
    model::Place home, away;
    Lent lent;
};

/// A service that was started at its standby.
struct MovedService {
    Id<model::Service> service;
    std::int64_t replicas = 1;  ///< at home again: the plan's, else as many as run away
    Id<model::Site> home, away;
    Lent lent;
};

/// A DNS name, or the traffic of a service.
struct MovedName {
    std::optional<model::SwitchDns> dns;          ///< with the site to go back to
    std::optional<model::SwitchTraffic> traffic;  ///< likewise
    Lent lent;
};

struct Moved {
    std::vector<MovedData> data;
    std::vector<MovedService> services;
    std::vector<MovedName> names;
    std::vector<Id<model::Step>> undone;  ///< steps with an `undo`, the last one first
    std::vector<Id<model::Step>> left;    ///< steps at a standby that say nothing of how they are undone, the last one first
    std::vector<Id<model::Site>> built;   ///< sites that were provisioned
    std::vector<model::SaidId<model::Channel>> told;

    /// Whether anything lives elsewhere now.
    [[nodiscard]] bool anything() const { return !data.empty() || !services.empty() || !names.empty(); }
};

/// What the steps of `itinerary` move. What the scenario makes skipped moves nothing.
[[nodiscard]] Moved moved_by(const Itinerary& itinerary);

}  // namespace muster::backends::runbook
