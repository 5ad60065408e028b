#include "compiler/analysis/tests.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::analysis {
namespace {

using model::Copy;
using support::Id;
using support::Time;

const std::vector<model::Verification>& verifications_of(const Copy& copy) {
    static const std::vector<model::Verification> none;
    if (copy.backup() != nullptr) return copy.backup()->verifications;
    return copy.archive() != nullptr ? copy.archive()->verifications : none;
}

}  // namespace

Tests::Tests(const model::Plan& plan, Instant as_of)
    : plan_(plan), as_of_(as_of), any_(!plan.drills.empty()), schedules_(plan.copies.size()) {
    for (const auto id : plan.copies.ids())
        for (const model::Verification& one : verifications_of(plan.copies[id])) {
            any_ = true;
            if (one.schedule) schedules_[id.value].push_back(&*one.schedule);
        }
    for (const model::Drill& drill : plan.drills)
        if (drill.schedule) add(drill);
}

void Tests::add(const model::Drill& drill) {
    for (const model::Exercise& one : drill.exercises) {
        if (one.backup) schedules_[one.backup->value].push_back(&*drill.schedule);
        if (one.procedure) add(*one.procedure, *drill.schedule);
        if (!one.scenario) continue;
        for (const model::Choice& choice : plan_.scenarios[*one.scenario].choices)
            for (const auto& procedure : choice.procedures) add(procedure.value, *drill.schedule);
    }
}

void Tests::add(Id<model::Procedure> procedure, const model::Schedule& schedule) {
    for (const auto id : plan_.procedures[procedure].steps) {
        const auto& action = plan_.steps[id].action;
        const auto* restore = action ? std::get_if<model::Restore>(&*action) : nullptr;
        if (restore != nullptr && restore->copy) schedules_[restore->copy->value].push_back(&schedule);
    }
}

std::optional<Time> Tests::gap_of(const model::Schedule& schedule) {
    const std::string key = schedule.interval ? fmt::format("every {}", schedule.interval->count())
                                              : fmt::format("{} {} {}", schedule.calendar.cron, schedule.calendar.nth, schedule.zone);
    const auto [known, fresh] = gaps_.try_emplace(key);
    if (fresh) known->second = longest_gap(schedule, as_of_);
    return known->second;
}

std::optional<Time> Tests::within(Id<Copy> copy) {
    std::optional<Time> shortest;
    for (const model::Schedule* schedule : schedules_[copy.value])
        if (const auto gap = gap_of(*schedule)) shortest = std::min(shortest.value_or(support::never), *gap);
    return shortest;
}

}  // namespace muster::analysis
