// Findings as annotations of a pull request on GitHub.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace muster::diagnostics {

/// One workflow command (`::error file=…::message`) a line for each finding, as GitHub Actions reads them from standard output.
/// Escaped as the runner reads it: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
[[nodiscard]] std::string render_github(const std::vector<Diagnostic>& diagnostics, const support::Sources& sources);

}  // namespace muster::diagnostics
