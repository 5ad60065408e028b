// `check`: every rule over a plan, and what the plan waives.
#pragma once

#include "compiler/analysis/estimate.h"
#include "compiler/diagnostics/findings.h"

namespace muster::analysis {

/// Runs every rule over `plan`, whose `estimates` are of all scenarios and made with `schedules`, and reports to `sink`.
void run_rules(const model::Plan& plan, const std::vector<Estimate>& estimates, const Schedules& schedules, diagnostics::Sink& sink);

/// Sorts `findings` into what counts and what the plan waives. A waiver covers findings of its code that point into the declaration that it
/// stands in, up to and on its last day. One that has ended, or that covers nothing, is itself a finding.
[[nodiscard]] diagnostics::Findings apply_waivers(const model::Plan& plan, std::vector<diagnostics::Diagnostic> findings, Instant as_of);

}  // namespace muster::analysis
