// Baselines: the findings that a team knows of, in a file that is kept with the plan.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/findings.h"
#include "compiler/support/result.h"

namespace muster::diagnostics {

/// The baseline of `findings`, in their order, as docs/ci.md has it.
[[nodiscard]] std::string render_baseline(const std::vector<Diagnostic>& findings, const support::Sources& sources);

/// The entries of the baseline in `text`, the content of the file that messages call `path`. Fails on what is no baseline, with the place.
[[nodiscard]] support::Result<std::vector<Known>> read_baseline(std::string_view text, const std::string& path);

}  // namespace muster::diagnostics
