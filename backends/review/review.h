// The post-incident review, as far as the evidence can write it.
#pragma once

#include "backends/page/page.h"
#include "compiler/analysis/estimate.h"
#include "compiler/evidence/evidence.h"

namespace muster::backends::review {

/// A page about `run`: what was reached against what was promised, every step with planned and measured times, what waited for what, what
/// went otherwise than planned, the whole timeline, and room for what only people know. `estimate` is that of the scenario of `run`;
/// null where the plan has none of it, as for a drill or the way back: then only what the run says itself is there.
///
/// The RTA that a run reached is the end of the last step that the service waited for, and what the plan gives it after that.
[[nodiscard]] page::Page review_of(const model::Plan& plan, const analysis::Estimate* estimate, const evidence::Run& run);

}  // namespace muster::backends::review
