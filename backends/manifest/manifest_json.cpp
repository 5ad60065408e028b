#include "backends/manifest/manifest_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "compiler/support/hash.h"

namespace muster::backends::manifest {

using nlohmann::ordered_json;

File manifest(const model::Plan& plan, const support::Sources& sources, const Files& files, const std::string& tool_version) {
    ordered_json out{{"format", 1},
                     {"tool", {{"name", "muster"}, {"version", tool_version}}},
                     {"plan", {{"name", plan.heading.name}, {"title", plan.heading.title}, {"hash", plan.hash}}},
                     {"files", ordered_json::array()}};
    for (const File& file : files) {
        ordered_json row{{"path", file.path}, {"sha256", support::sha256(file.content)}, {"executable", file.executable}};
        if (file.from.begin.line > 0) row["source"] = fmt::format("{}:{}", sources[file.from.file].path(), file.from.begin.line);
        out["files"].push_back(std::move(row));
    }
    return {"manifest.json", out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n", false, plan.heading.span};
}

support::Result<std::map<std::string, std::string>> read_hashes(const std::string& text) {
    std::map<std::string, std::string> hashes;
    try {
        const auto document = nlohmann::json::parse(text);
        for (const auto& row : document.at("files")) hashes[row.at("path").get<std::string>()] = row.at("sha256").get<std::string>();
    } catch (const nlohmann::json::exception&) {
        return support::fail("manifest.json is not one that muster wrote");
    }
    return hashes;
}

}  // namespace muster::backends::manifest
