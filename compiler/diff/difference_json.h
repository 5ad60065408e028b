// The difference for other programs.
#pragma once

#include <string>

#include "compiler/diagnostics/findings_json.h"
#include "compiler/diff/difference.h"

namespace muster::diff {

/// The JSON document of `muster diff`, as docs/json.md has it.
[[nodiscard]] std::string render_json(const Difference& difference, const diagnostics::Provenance& before,
                                      const diagnostics::Provenance& after);

}  // namespace muster::diff
