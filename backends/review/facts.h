// What a run did, beside what the plan had meant it to do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/analysis/estimate.h"
#include "compiler/evidence/lengths.h"

namespace muster::backends::review {

using support::Time;

/// One step, as it was done and as it was planned. Times count from the RTO clock.
struct StepFact {
    evidence::StepRun run;
    std::optional<support::Id<model::Step>> step;    ///< of the plan; nothing where it has none of that name
    std::optional<Time> begin, end;                  ///< measured
    std::optional<Time> planned_begin, planned_end;  ///< nothing where not planned, or never
    std::optional<std::size_t> waited_for;           ///< the step, by place, whose end it had to wait for last
    std::optional<Time> idle;                        ///< from that end to its own begin

    [[nodiscard]] std::optional<Time> took() const;
    [[nodiscard]] std::optional<Time> planned() const;
};

/// What a service reached.
struct ServiceFact {
    support::Id<model::Service> service;
    std::optional<Time> rto, planned, reached;
};

struct Facts {
    evidence::Instant clock;  ///< when the RTO clock started; of a run that does not say, its first line
    std::vector<StepFact> steps;
    std::vector<ServiceFact> services;
};

/// `estimate` may be null.
[[nodiscard]] Facts facts_of(const model::Plan& plan, const analysis::Estimate* estimate, const evidence::Run& run);

}  // namespace muster::backends::review
