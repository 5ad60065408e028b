#include "compiler/analysis/failing.h"

#include <algorithm>

namespace muster::analysis {
namespace {

using model::Duration;
using model::Plan;
using model::Procedure;
using model::Step;

// Whether a draw of `duration` can be longer than `limit`.
bool may_exceed(const Duration& duration, Time limit) {
    if (duration.shape == Duration::Shape::lognormal || duration.shape == Duration::Shape::exponential)
        return duration.planning() > Time::zero();
    return duration.planning() > limit;
}

// A restore takes what its copy says, which is not known here.
bool may_time_out(const Step& step) {
    if (!step.timeout) return false;
    if (step.takes) return may_exceed(step.takes->value, step.timeout->value.planning());
    return step.action && std::holds_alternative<model::Restore>(*step.action);
}

void collect(const Plan& plan, const Recovery& recovery, Id<Procedure> procedure, std::vector<Id<Procedure>>& seen,
             std::vector<Id<Step>>& found) {
    if (std::find(seen.begin(), seen.end(), procedure) != seen.end()) return;
    seen.push_back(procedure);
    for (const auto id : plan.procedures[procedure].steps) {
        const Step& step = plan.steps[id];
        if (step.afterwards || !may_fail(plan, recovery, id)) continue;
        if (step.otherwise) collect(plan, recovery, step.otherwise->value, seen, found);
        else found.push_back(id);
    }
}

}  // namespace

std::optional<Attempts> attempts_of(const Step& step) {
    const bool by_chance = step.fails && step.fails->value.millionths > 0;
    if (!by_chance && !may_time_out(step)) return std::nullopt;
    Attempts attempts{step.fails ? step.fails->value : model::Percent{}, step.retries, step.retry_every, {}};
    if (step.timeout) attempts.timeout = step.timeout->value.planning();
    return attempts;
}

bool may_fail(const Plan& plan, const Recovery& recovery, Id<Step> id) {
    if (skipped(recovery.impact, plan.steps[id])) return false;
    return recovery.replaced.contains(id) || attempts_of(plan.steps[id]).has_value();
}

std::vector<Id<Step>> failing_steps(const Plan& plan, const Recovery& recovery, Id<Procedure> procedure) {
    std::vector<Id<Procedure>> seen;
    std::vector<Id<Step>> found;
    collect(plan, recovery, procedure, seen, found);
    return found;
}

bool may_fail(const Plan& plan, const Recovery& recovery, Id<Procedure> procedure) {
    return !failing_steps(plan, recovery, procedure).empty();
}

std::vector<Id<Procedure>> all_procedures(const Recovery& recovery) {
    std::vector<Id<Procedure>> all = recovery.procedures;
    all.insert(all.end(), recovery.turned_to.begin(), recovery.turned_to.end());
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<Id<Procedure>> alternatives_of(const Recovery& recovery, Id<Procedure> procedure) {
    std::vector<Id<Procedure>> found;
    for (const auto& line : recovery.lines)
        if (line.front() == procedure)
            for (auto other = line.begin() + 1; other != line.end(); ++other)
                if (std::find(found.begin(), found.end(), *other) == found.end()) found.push_back(*other);
    return found;
}

}  // namespace muster::analysis
