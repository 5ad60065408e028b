// What a declaration has to say to mean anything.
#pragma once

#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diagnostics/diagnostic.h"

namespace muster::sema {

/// Reports every declaration that leaves out what it is about: a link that joins nothing, a copy that is kept nowhere.
void report_incomplete(const std::vector<ast::File>& files, diagnostics::Sink& sink);

}  // namespace muster::sema
