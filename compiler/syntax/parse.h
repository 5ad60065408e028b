// From text to ast.
#pragma once

#include "compiler/ast/ast.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/support/source.h"

namespace muster::syntax {

/// The deepest nesting of blocks that is read. Plans need eight.
inline constexpr std::int64_t deepest_nesting = 64;

/// The most errors of syntax that are reported of one file.
inline constexpr std::int64_t most_errors = 100;

/// Reads `source`, which spans will call `file`. Every fault goes to `sink`, one message each, and the rest of the file is
/// still read: a broken clause costs its line, a broken header keeps its block.
[[nodiscard]] ast::File parse(const support::Source& source, support::FileId file, diagnostics::Sink& sink);

/// Reads `source` as the block of a `whatif` without its braces: partial declarations and `remove` clauses.
[[nodiscard]] ast::File parse_changes(const support::Source& source, support::FileId file, diagnostics::Sink& sink);

}  // namespace muster::syntax
