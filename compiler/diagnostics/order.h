// Findings in the order in which people should read them, and one of each cause.
#pragma once

#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace muster::diagnostics {

/// Whether `a` does more damage than `b`: by severity, then by the urgency of what it concerns (the smaller RTO), then by how far the
/// objective is missed (never and unknown before any time, and what misses no objective last). Of two alike neither does.
[[nodiscard]] bool does_more_damage(const Diagnostic& a, const Diagnostic& b);

/// `findings` with those of one code, severity and cause as one: the one that does most damage, which names the others in `also`; those in
/// the order of damage, too, then of place.
[[nodiscard]] std::vector<Diagnostic> one_of_each_cause(std::vector<Diagnostic> findings);

}  // namespace muster::diagnostics
