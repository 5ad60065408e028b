// Profiles: which are in force, what stands behind `figure` and `measured`, and what they fill in.
#pragma once

#include "compiler/sema/declare.h"
#include "compiler/sema/measured.h"

namespace muster::sema {

/// Enters what was measured into `context`, so that `measured "name"` finds it.
void enter(const Measured& measured, Context& context);

/// Reads the plan's own profiles and enters the figures of those that its `profiles` clause names into `context`. This comes before
/// anything that has durations. Reports unknown profiles, and the plan's own that are not in force.
void put_in_force(Declarations& found, Context& context);

/// The duration that `figure NAME` stands for. An unknown name is reported, with the profile that would know it.
[[nodiscard]] model::Duration figure_called(const ast::Value& name, Context& context);

/// The duration that `measured "name"` stands for. An unknown name is reported.
[[nodiscard]] model::Duration measured_as(const ast::Value& name, Context& context);

/// Fills in what the plan does not say and a profile in force knows: how long steps take by their action, how long storage classes are
/// waited for, how fast tools load copies back and engines replay their logs, and how often `low`, `medium` and `high` are.
void fill_in(Context& context);

}  // namespace muster::sema
