// Findings in the order in which people should read them, and one of each cause.
#pragma once

#include <optional>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace muster::diagnostics {

/// Whether `a` does more damage than `b`: by severity, then by the urgency of what it concerns (the smaller RTO), then by how far the
/// objective is missed (never and unknown before any time, and what misses no objective last). Of two alike neither does.
[[nodiscard]] bool does_more_damage(const Diagnostic& a, const Diagnostic& b);

/// `findings` with those of one severity and cause as one, in the place of the one that does most damage: that one, or, where it does not
/// say what would mend it, the next that does. It names the others in `also`, those in the order of damage, too, then of place.
[[nodiscard]] std::vector<Diagnostic> one_of_each_cause(std::vector<Diagnostic> findings);

/// The objective that is missed by what `d` found: its own, else the first that it names besides. Nothing where there is none.
[[nodiscard]] std::optional<Affected> objective_of(const Diagnostic& d);

}  // namespace muster::diagnostics
