#include "compiler/analysis/provenance.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/path.h"

namespace muster::analysis {
namespace {

using model::Duration;
using model::Origin;
using model::Plan;
using Origins = std::vector<Id<Origin>>;

void add(std::optional<Id<Origin>> origin, Origins& all) {
    if (origin && std::find(all.begin(), all.end(), *origin) == all.end()) all.push_back(*origin);
}

void add(const Duration& duration, Origins& all) { add(duration.origin, all); }

void add(const std::optional<support::Said<Duration>>& said, Origins& all) {
    if (said) add(said->value, all);
}

}  // namespace

Origins origins_of(const Plan& plan, const Delay& delay) {
    Origins all;
    if (const auto* length = std::get_if<DurationDelay>(&delay)) add(length->length, all);
    if (const auto* detector = std::get_if<DetectorDelay>(&delay)) {
        add(plan.detectors[detector->detector].hold, all);
        add(plan.detectors[detector->detector].notification, all);
    }
    if (const auto* response = std::get_if<ResponseDelay>(&delay)) {
        add(plan.roles[response->role].responds, all);
        add(plan.roles[response->role].responds_outside, all);
    }
    if (const auto* transfer = std::get_if<TransferDelay>(&delay)) {
        add(transfer->transfer().retrieval, all);
        for (const Duration& check : transfer->transfer().verifying) add(check, all);
        for (const auto origin : transfer->transfer().origins) add(origin, all);
    }
    return all;
}

Origins origins_of_loss(const model::Copy& copy) {
    Origins all;
    if (copy.backup() != nullptr) {
        add(copy.backup()->takes, all);
        add(copy.backup()->upload, all);
    }
    if (copy.archive() != nullptr) add(copy.archive()->upload, all);
    if (copy.replica() != nullptr) {
        add(copy.replica()->lag, all);
        add(copy.replica()->delayed, all);
    }
    return all;
}

Origins origins_of(const Plan& plan, const Estimate& estimate) {
    Origins all;
    for (const ServiceOutcome& outcome : estimate.services)
        for (const PathPart& part : path_of(plan, estimate, outcome))
            for (const auto origin : part.origins) add(origin, all);
    return all;
}

std::string provenance(const Plan& plan, const Origins& origins) {
    std::string text;
    for (const auto id : origins) {
        const Origin& origin = plan.origins[id];
        text += origin.measured() ? fmt::format(", p95 of {} observed as `{}`", origin.observed.size(), origin.label)
                                  : fmt::format(", by profile `{}`: {}", origin.profile, origin.label);
    }
    return text;
}

}  // namespace muster::analysis
