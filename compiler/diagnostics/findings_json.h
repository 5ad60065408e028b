// Findings for other programs.
#pragma once

#include <string>

#include "compiler/diagnostics/difference.h"
#include "compiler/diagnostics/findings.h"

namespace muster::diagnostics {

/// What a document says about the plan and the tool that read it.
struct Provenance {
    std::string tool_version;
    std::string plan_name;
    std::string plan_title;
    std::string plan_hash;
};

/// The JSON document of `muster check`, as docs/json.md has it. `what_if` is what a change would do to the findings, where one was
/// asked for.
[[nodiscard]] std::string render_json(const Findings& findings, const support::Sources& sources, const Provenance& provenance,
                                      const Difference* what_if = nullptr);

}  // namespace muster::diagnostics
