// From text to canonical text.
#pragma once

#include <optional>
#include <string>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/support/source.h"

namespace muster::syntax {

/// `source` in the canonical layout (docs/language.md, "Layout"): the same clauses and the same comments in the same order, and
/// formatting it again changes nothing. Nothing where it has errors of syntax, which go to `sink`.
[[nodiscard]] std::optional<std::string> format(const support::Source& source, support::FileId file, diagnostics::Sink& sink);

}  // namespace muster::syntax
