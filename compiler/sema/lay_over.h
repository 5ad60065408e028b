// How a partial declaration is laid over one of the plan.
#pragma once

#include <string>

#include "compiler/ast/ast.h"

namespace muster::sema {

/// Lays `partial` over `base`, a declaration of the same kind and name: its title and tier where it has them, and every clause in the
/// place of all of `base` that say the same thing. A step or phase that `base` has is changed where it stands; a new one comes last
/// in the block that it stands in, before what is done `afterwards`.
void lay_over(ast::Clause& base, const ast::Clause& partial);

/// Takes the step called `name` out of `block`, a procedure, wherever in it that stands. False where there is none.
bool take_step(ast::Clause& block, const std::string& name);

/// What `partial` says, as the words that its clauses start with: "headcount, hours", "step `promote`".
[[nodiscard]] std::string what_it_says(const ast::Clause& partial);

}  // namespace muster::sema
