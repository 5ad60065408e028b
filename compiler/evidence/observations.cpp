#include "compiler/evidence/observations.h"

namespace muster::evidence {
namespace {

const model::Step* step_called(const model::Plan& plan, const std::string& name) {
    for (const auto id : plan.steps.ids())
        if (qualified_name(plan, id) == name) return &plan.steps[id];
    return nullptr;
}

bool is_copy(const model::Plan& plan, const std::string& name) {
    for (const model::Copy& copy : plan.copies)
        for (const auto& data : copy.of)
            if (name == copy.heading.name + " of " + plan.data[data.value].heading.name) return true;
    return false;
}

// The name under which the plan itself asks for the length of `step`; empty where it does not.
std::string asked_as(const model::Plan& plan, const model::Step& step) {
    if (!step.takes || !step.takes->value.origin) return {};
    const model::Origin& origin = plan.origins[*step.takes->value.origin];
    return origin.measured() ? origin.label : std::string();
}

Observation observation_of(const model::Plan& plan, const StepRun& run, const model::Step* step) {
    Observation one{run.name, run.name, *run.length(), run.planned, false};
    if (step == nullptr) return one;
    if (const std::string name = asked_as(plan, *step); !name.empty()) one.name = name, one.asked_for = true;
    if (step->takes) one.planned = step->takes->value.planning();
    return one;
}

}  // namespace

Observations observations_of(const model::Plan& plan, const Run& run) {
    Observations found;
    for (const StepRun& one : steps_of(run)) {
        const model::Step* step = step_called(plan, one.name);
        if (step == nullptr && !is_copy(plan, one.name)) found.left_out.push_back({one.name, "the plan has no such step"});
        else if (!one.unmeasured.empty()) found.left_out.push_back({one.name, one.unmeasured});
        else found.all.push_back(observation_of(plan, one, step));
    }
    return found;
}

}  // namespace muster::evidence
