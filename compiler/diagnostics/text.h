// Findings for people: the message, the source it is about, and what would mend it.
#pragma once

#include <string>

#include "compiler/diagnostics/findings.h"

namespace muster::diagnostics {

/// One finding with its excerpt of the source. `colour` adds terminal colours. Ends with a blank line.
[[nodiscard]] std::string render_text(const Diagnostic& diagnostic, const support::Sources& sources, bool colour);

/// "3 errors, 1 warning, 2 waived" and the like; "no findings" where none counts. What is gone from the baseline follows on lines of its
/// own.
[[nodiscard]] std::string summary_text(const Findings& findings);

/// What the cause of `diagnostic` breaks besides, a line each: "service web in region-lost: 1h20m instead of 1h"; of many the first ones
/// and "and 12 more".
[[nodiscard]] std::vector<std::string> also_lines(const Diagnostic& diagnostic);

}  // namespace muster::diagnostics
