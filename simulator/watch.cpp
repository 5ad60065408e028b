#include "simulator/watch.h"

namespace muster::simulator {
namespace {

using analysis::NodeId;
using model::Expectation;
using support::never;
using Measure = Expectation::Measure;

std::optional<Time> objective_of(const model::Plan& plan, const Expectation& expectation, model::DisruptionKind kind) {
    std::optional<support::Said<Time>> said;
    if (expectation.measure == Measure::chance_of_rto) said = model::rto_of(plan, expectation.services.front().value, kind);
    if (expectation.measure == Measure::chance_of_rpo) said = model::rpo_of(plan, expectation.data->value, kind);
    return said ? std::optional(said->value) : std::nullopt;
}

}  // namespace

Watch::Watch(const Rehearsal& rehearsal, Id<Expectation> expectation)
    : rehearsal_(rehearsal),
      id_(expectation),
      expectation_(rehearsal.plan().expectations[expectation]),
      objective_(objective_of(rehearsal.plan(), expectation_, rehearsal.plan().scenarios[rehearsal.estimate().recovery.scenario].kind)) {}

Observed Watch::observed(const WatchCount& seen) const { return {id_, seen.trials, seen.times, seen.within, objective_, seen.held}; }

void Watch::add(const Outcome& outcome, WatchCount& to) const {
    ++to.trials;
    const auto achieved = [&] {
        return expectation_.data ? outcome.rpa[expectation_.data->value.value] : outcome.rta[expectation_.services.front().value.value];
    };
    switch (expectation_.measure) {
        case Measure::rta:
        case Measure::rpa: return add_time(achieved(), to);
        case Measure::duration: return add_duration(outcome, to);
        case Measure::chance_of_rto:
        case Measure::chance_of_rpo: to.held += objective_ && achieved() <= *objective_ ? 1 : 0; return;
        case Measure::order: to.held += in_order(outcome) ? 1 : 0; return;
        case Measure::availability: return;
    }
}

// Percentiles are judged by how many trials lie on one side of the time, so that no bucket decides.
void Watch::add_time(Time time, WatchCount& to) const {
    using Comparison = Expectation::Comparison;
    to.times.add(time);
    const bool or_equal = expectation_.comparison == Comparison::at_most || expectation_.comparison == Comparison::more;
    const Time limit = expectation_.time->value;
    to.within += time < limit || (or_equal && time == limit) ? 1 : 0;
}

// A step that is not performed has no duration.
void Watch::add_duration(const Outcome& outcome, WatchCount& to) const {
    const analysis::Network& network = rehearsal_.estimate().recovery.network;
    const NodeId step = rehearsal_.estimate().recovery.steps[expectation_.step->value.value];
    if (step == 0 || outcome.times.begin(step) == never) return;
    const Time end = outcome.times.over(network, step);
    add_time(end == never ? unknown : end - outcome.times.begin(step), to);
}

// What is never ready is ready after nothing.
bool Watch::in_order(const Outcome& outcome) const {
    const std::vector<NodeId>& ready = rehearsal_.estimate().recovery.network.ready;
    Time before{0};
    for (const auto& service : expectation_.services) {
        const Time at = outcome.times.end(ready[service.value.value]);
        if (at == never || at < before) return false;
        before = at;
    }
    return true;
}

}  // namespace muster::simulator
