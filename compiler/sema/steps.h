// The order of a procedure's steps: as written, side by side in `parallel`, or as `after` says.
#pragma once

#include "compiler/sema/declare.h"

namespace muster::sema {

/// Makes the steps of procedure `id` out of the block of `clause`, each with what it comes after, and reads them.
/// Reports names used twice, unknown names behind `after`, and steps that wait for each other.
void lay_out_steps(const ast::Clause& clause, Id<model::Procedure> id, Context& context);

}  // namespace muster::sema
