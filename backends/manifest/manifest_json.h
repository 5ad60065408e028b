// The list of what was written: so that a later run knows what is its own, and what a person has changed.
#pragma once

#include <map>
#include <string>

#include "backends/files.h"
#include "compiler/model/plan.h"
#include "compiler/support/result.h"
#include "compiler/support/source.h"

namespace muster::backends::manifest {

/// `manifest.json` over `files`: of each its SHA-256 and the place in the plan that it was made from; the plan's hash and the
/// version of the compiler.
[[nodiscard]] File manifest(const model::Plan& plan, const support::Sources& sources, const Files& files, const std::string& tool_version);

/// The hash of every file that a manifest lists, by path. Fails where `text` is no manifest.
[[nodiscard]] support::Result<std::map<std::string, std::string>> read_hashes(const std::string& text);

}  // namespace muster::backends::manifest
