// Findings for code-scanning services.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/findings_json.h"

namespace muster::diagnostics {

/// A SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/) of one run: every row of the registry as a rule with its
/// page as help, then `diagnostics`, then `waived` as results that are suppressed in the source. Columns count code points.
[[nodiscard]] std::string render_sarif(const std::vector<Diagnostic>& diagnostics, const std::vector<Diagnostic>& waived,
                                       const support::Sources& sources, const Provenance& provenance);

}  // namespace muster::diagnostics
