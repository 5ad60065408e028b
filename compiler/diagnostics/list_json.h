// The registry for other programs.
#pragma once

#include <string>
#include <string_view>

namespace muster::diagnostics {

/// The JSON document of `muster explain --list`, as docs/json.md has it.
[[nodiscard]] std::string render_list(std::string_view tool_version);

}  // namespace muster::diagnostics
