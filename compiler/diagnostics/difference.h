// Two lists of findings about almost the same plan, side by side.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace muster::diagnostics {

/// FindingsOf of one plan, with the sources that they point into.
struct FindingsOf {
    const std::vector<Diagnostic>& list;
    const support::Sources& sources;
};

/// What a change does to the findings of a plan.
struct Difference {
    std::vector<std::string> changes;  ///< what was changed, in words
    std::vector<Diagnostic> gone;
    std::vector<Diagnostic> fresh;
};

/// The findings of `before` that `after` does not have, and the other way round, found by fingerprint: one whose figures alone have
/// moved is neither. `changes` is kept.
[[nodiscard]] Difference difference(const FindingsOf& before, const FindingsOf& after, std::vector<std::string> changes);

/// The difference as text: what was changed, then each finding on a line of its own. Places are in `sources`, those of the changed plan.
[[nodiscard]] std::string render_difference(const Difference& difference, const support::Sources& sources);

}  // namespace muster::diagnostics
