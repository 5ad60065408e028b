// Findings for people: the message, the source it is about, and what would mend it.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace muster::diagnostics {

/// One finding with its excerpt of the source. `colour` adds terminal colours. Ends with a blank line.
[[nodiscard]] std::string render_text(const Diagnostic& diagnostic, const support::Sources& sources, bool colour);

/// "3 errors, 1 warning" and the like; "no findings" for none.
[[nodiscard]] std::string summary_text(const std::vector<Diagnostic>& diagnostics);

}  // namespace muster::diagnostics
