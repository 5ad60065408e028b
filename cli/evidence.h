// The evidence that a command works on.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "compiler/evidence/evidence.h"

namespace muster::cli {

/// A run, and the file that says what it did.
struct RunFile {
    std::filesystem::path path;
    evidence::Run run;
};

/// The runs in `places`: each a file of evidence, the folder of a run, or a folder of such folders. Nothing where one of them cannot be
/// read or believed, or holds none; the complaint has then been made.
[[nodiscard]] std::optional<std::vector<RunFile>> read_runs(const std::vector<std::string>& places);

/// Whether `run` is of the plan with `plan_hash`, or `any_version` lets it pass. The complaint has been made where it is not.
[[nodiscard]] bool belongs(const RunFile& file, const std::string& plan_hash, bool any_version);

}  // namespace muster::cli
