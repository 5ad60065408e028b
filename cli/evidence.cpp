#include "cli/evidence.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/output.h"
#include "compiler/support/source.h"

namespace muster::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view file_name = "evidence.jsonl";

// Sorted, so that the same folder is read in the same order everywhere.
std::vector<fs::path> files_in(const fs::path& place) {
    std::error_code error;
    if (!fs::is_directory(place, error)) return {place};
    if (fs::exists(place / file_name, error)) return {place / file_name};
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(place, error))
        if (fs::exists(entry.path() / file_name, error)) files.push_back(entry.path() / file_name);
    std::sort(files.begin(), files.end());
    return files;
}

std::optional<RunFile> read(const fs::path& path) {
    const auto source = support::read_source(path, path.string());
    if (!source) {
        complain(source.error().message);
        return std::nullopt;
    }
    auto run = evidence::read_evidence(source->text());
    if (!run) {
        complain(fmt::format("{} is not believed: {}", path.string(), run.error().message));
        return std::nullopt;
    }
    return RunFile{path, std::move(*run)};
}

}  // namespace

std::optional<std::vector<RunFile>> read_runs(const std::vector<std::string>& places) {
    std::vector<RunFile> runs;
    for (const std::string& place : places) {
        const auto files = files_in(place);
        if (files.empty()) complain(fmt::format("{} holds no {}", place, file_name));
        if (files.empty()) return std::nullopt;
        for (const fs::path& file : files) {
            auto run = read(file);
            if (!run) return std::nullopt;
            runs.push_back(std::move(*run));
        }
    }
    return runs;
}

bool belongs(const RunFile& file, const std::string& plan_hash, bool any_version) {
    if (any_version || file.run.plan_hash == plan_hash) return true;
    complain(
        fmt::format("{} was recorded with another plan or another version of it, {}; this one is {}. Where its steps of the same name "
                    "still do the same: --any-version",
                    file.path.string(), file.run.plan_hash.substr(0, 12), plan_hash.substr(0, 12)));
    return false;
}

}  // namespace muster::cli
