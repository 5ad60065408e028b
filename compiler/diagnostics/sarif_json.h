// Findings for code-scanning services.
#pragma once

#include <string>

#include "compiler/diagnostics/findings_json.h"

namespace muster::diagnostics {

/// A SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/) of one run: every row of the registry as a rule with its
/// page as help, then what counts, then what is suppressed: by a waiver in the source, by a baseline outside of it. Columns count code
/// points.
[[nodiscard]] std::string render_sarif(const Findings& findings, const support::Sources& sources, const Provenance& provenance);

}  // namespace muster::diagnostics
