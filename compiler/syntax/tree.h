// From ANTLR's parse tree to the ast.
#pragma once

#include "compiler/ast/ast.h"
#include "compiler/syntax/complaint.h"

namespace muster::syntax {

/// The ast of a parsed file. Clauses with a fault in them are left out; `complaints` hears of strays in headers.
[[nodiscard]] ast::File build(antlr4::ParserRuleContext& tree, support::FileId file, Complaints& complaints);

}  // namespace muster::syntax
