// The canonical layout: rows of a plan as text.
#pragma once

#include <string>

#include "compiler/syntax/rows.h"

namespace muster::syntax {

/// The width that a line of several clauses, or of a block with its clauses, may have.
inline constexpr std::size_t widest_line = 120;

/// The text of a file of these rows, as docs/language.md ("Layout") has it; ends with a line end, but where there is nothing.
[[nodiscard]] std::string lay_out(const Block& file);

}  // namespace muster::syntax
