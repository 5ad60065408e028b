// Messages that are sent while a runbook is run.
#pragma once

#include "backends/runbook/itinerary.h"

namespace muster::backends::runbook {

/// One occasion on which a message is sent.
struct Errand {
    std::string name;      ///< the message's, with a number from its second occasion on
    std::string text;      ///< as the plan has it
    std::string webhooks;  ///< the environment variables with the addresses of its channels, with spaces between
    std::string from;      ///< "clock", "recovery" or "resolution": what `after` counts from
    Time after{0};
    std::optional<Time> every;  ///< where it is repeated, for the first time at `after`
    std::string until;          ///< "recovery" or "resolution": when that stops
};

/// The messages of the plan that the scenario's severity calls for.
[[nodiscard]] std::vector<Errand> errands_of(const Itinerary& itinerary);

/// The environment variable with the address to which messages of `channel` are posted.
[[nodiscard]] std::string webhook_of(const model::Channel& channel);

}  // namespace muster::backends::runbook
