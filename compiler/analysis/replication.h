// Stores that replicate to others: where else what is written to a store lies.
#pragma once

#include <vector>

#include "compiler/model/plan.h"

namespace muster::analysis {

using support::Id;
using support::Time;

/// What is written to `from` is at `to` too, `lag` later.
struct Replicated {
    Id<model::Store> from;
    Id<model::Store> to;
    Time lag{0};                ///< in planning values
    bool with_deletes = false;  ///< what is deleted in `from` is deleted in `to`
};

/// The stores to which what `copy` writes is replicated from those that it writes to, each once, by name: from the one with the
/// smallest lag, then of the smaller name. A store that the copy writes to itself is none of them, nor is one that is only reached
/// through another.
[[nodiscard]] std::vector<Replicated> replicated(const model::Plan& plan, const model::Copy& copy);

}  // namespace muster::analysis
