#include "compiler/diagnostics/list_json.h"

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/pages.h"

namespace muster::diagnostics {

std::string render_list(std::string_view tool_version) {
    using nlohmann::ordered_json;
    ordered_json out{{"format", 1}, {"tool", {{"name", "muster"}, {"version", tool_version}}}, {"codes", ordered_json::array()}};
    for (const Entry& entry : registry())
        out["codes"].push_back(
            {{"code", entry.code}, {"name", entry.name}, {"severity", severity_name(entry.severity)}, {"title", title(entry)}});
    return out.dump(2) + "\n";
}

}  // namespace muster::diagnostics
