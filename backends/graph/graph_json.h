// Pictures for other programs.
#pragma once

#include <string>

#include "backends/graph/graph.h"
#include "compiler/diagnostics/findings_json.h"

namespace muster::backends::graph {

/// The JSON document of `muster graph --format json`, as docs/json.md has it.
[[nodiscard]] std::string render_json(const Graph& graph, const diagnostics::Provenance& provenance);

}  // namespace muster::backends::graph
