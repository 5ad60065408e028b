// The steps that stop services while a scenario is being recovered from.
#pragma once

#include <map>
#include <unordered_set>
#include <vector>

#include "compiler/analysis/recovery.h"

namespace muster::analysis {

/// Steps, sorted.
using StepSet = std::vector<Id<model::Step>>;

/// Whether `step` takes `service` down: it restarts it, or scales it to nothing.
[[nodiscard]] bool stops(const model::Step& step, Id<model::Service> service);

/// What the followed steps of `recovery` stop, and what that takes away from others.
class Stops {
public:
    Stops(const model::Plan& plan, const Recovery& recovery);

    /// All followed steps that stop something.
    [[nodiscard]] const StepSet& all() const { return all_; }
    /// Those of `steps` that stop `service`.
    [[nodiscard]] StepSet of(Id<model::Service> service, const StepSet& steps) const;
    /// Those that come before `step` in its procedure.
    [[nodiscard]] StepSet before(Id<model::Step> step) const;
    /// The steps that start `service` again after `step` has scaled it to nothing: those that scale it up or complete it, and do not
    /// come before.
    [[nodiscard]] StepSet starts_after(Id<model::Step> step, Id<model::Service> service) const;
    /// The services that any of `steps` makes unavailable: those that it stops, and whatever needs one of them and has no other way.
    [[nodiscard]] std::unordered_set<std::uint32_t> disturbed_by(const StepSet& steps) const;

private:
    void add_needs(Id<model::Service> service);
    void add_stand_ins(Id<model::External> external, Id<model::Service> service);
    StepSet ancestors(Id<model::Step> step) const;
    bool is_disturbed(Id<model::Service> service, const std::unordered_set<std::uint32_t>& disturbed) const;

    const model::Plan& plan_;
    const Recovery& recovery_;
    StepSet all_;
    std::map<std::uint32_t, StepSet> by_service_;
    std::vector<std::vector<Id<model::Service>>> needed_by_;  // empty where nothing is stopped
};

}  // namespace muster::analysis
