// From what was written to what it means.
#pragma once

#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/plan.h"
#include "compiler/support/source.h"

namespace muster::sema {

/// The plan that `files` make together. Every fault of a name or a value goes to `sink` and what it concerns is
/// left out, so that the plan is complete only where `sink` got no error.
[[nodiscard]] model::Plan resolve(const std::vector<ast::File>& files, const support::Sources& sources, diagnostics::Sink& sink);

}  // namespace muster::sema
