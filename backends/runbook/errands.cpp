#include "backends/runbook/errands.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/runbook/bash.h"

namespace muster::backends::runbook {
namespace {

using model::Message;
using model::Occasion;
using Event = Occasion::Event;

// When an event is planned, counted from the start of the clock; the start of the procedures where that is not known.
Time planned(const analysis::Estimate& estimate, Event event) {
    const Time start = estimate.start && *estimate.start != support::never ? *estimate.start : estimate.clock;
    Time at = start;
    if (event == Event::disruption) at = Time::zero();
    if (event == Event::detection && estimate.detection) at = *estimate.detection;
    return at == support::never || estimate.clock == support::never ? Time::zero() : at - estimate.clock;
}

Errand errand(const Itinerary& itinerary, const Message& message, const Occasion& occasion) {
    Errand errand;
    errand.text = message.text.empty() ? message.heading.label() : message.text;
    for (const auto& channel : message.to)
        errand.webhooks += (errand.webhooks.empty() ? "" : " ") + webhook_of(itinerary.plan.channels[channel.value]);
    errand.from = "clock";
    if (occasion.repeats) {
        errand.every = occasion.after;
        errand.after = planned(itinerary.estimate, Event::declaration) + occasion.after;
        errand.until = occasion.event == Event::recovery ? "recovery" : "resolution";
    } else if (occasion.event == Event::recovery || occasion.event == Event::resolution) {
        errand.from = occasion.event == Event::recovery ? "recovery" : "resolution";
        errand.after = occasion.after;
    } else {
        errand.after = planned(itinerary.estimate, occasion.event) + occasion.after;
    }
    return errand;
}

bool is_for(const Message& message, const model::Scenario& scenario) {
    return message.severities.empty() ||
           std::find(message.severities.begin(), message.severities.end(), scenario.severity) != message.severities.end();
}

}  // namespace

std::vector<Errand> errands_of(const Itinerary& itinerary) {
    std::vector<Errand> errands;
    for (const Message& message : itinerary.plan.messages) {
        if (!is_for(message, itinerary.scenario)) continue;
        for (std::size_t i = 0; i < message.occasions.size(); ++i) {
            errands.push_back(errand(itinerary, message, message.occasions[i]));
            errands.back().name = message.heading.name + (i == 0 ? "" : fmt::format("-{}", i + 1));
        }
    }
    return errands;
}

std::string webhook_of(const model::Channel& channel) { return "MUSTER_WEBHOOK_" + variable_part(channel.heading.name); }

}  // namespace muster::backends::runbook
