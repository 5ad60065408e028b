// Findings for other programs.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace muster::diagnostics {

/// What a document says about the plan and the tool that read it.
struct Provenance {
    std::string tool_version;
    std::string plan_name;
    std::string plan_title;
    std::string plan_hash;
};

/// The JSON document of `muster check`, as docs/json.md has it. `waived` is the number of findings that waivers hid.
[[nodiscard]] std::string render_json(const std::vector<Diagnostic>& diagnostics, const support::Sources& sources,
                                      const Provenance& provenance, std::size_t waived);

}  // namespace muster::diagnostics
