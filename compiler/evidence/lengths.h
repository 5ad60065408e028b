// How long the steps of a run took.
#pragma once

#include <string>
#include <vector>

#include "compiler/evidence/evidence.h"

namespace muster::evidence {

/// One step of a run.
struct StepRun {
    std::string name;
    std::optional<Instant> begin;  ///< of the attempt that was the last; nothing where it was never begun
    std::optional<Instant> end;    ///< when it was done, checks and all; nothing where it never was
    std::int64_t attempts = 0;     ///< as far as is recorded
    std::int64_t failures = 0;     ///< parts that ended otherwise than well
    bool skipped = false;
    std::optional<Time> planned;         ///< where the run says so itself
    std::vector<std::string> operators;  ///< each once
    std::string unmeasured;              ///< why its length says nothing of the next time; empty where it does

    /// From the begin of the last attempt to its end; nothing where `unmeasured`.
    [[nodiscard]] std::optional<Time> length() const;
};

/// Each step of `run` once, in the order in which they came up.
///
/// Not measured is a step that was not done in full: it was skipped or failed, there was nothing to do, it was taken as done, the run was
/// stopped while it was going on, or the clock was set back.
[[nodiscard]] std::vector<StepRun> steps_of(const Run& run);

}  // namespace muster::evidence
