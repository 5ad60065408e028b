// From a path to a plan: which files it is made of, and all the stages in a row.
#pragma once

#include <filesystem>

#include "compiler/sema/resolve.h"
#include "compiler/support/result.h"

namespace muster::sema {

/// Reads the plan at `path`: a file, a folder (the .drp files directly in it, by name), or `-` for `standard_input`.
/// Messages name files as `path` leads to them. Fails where a file cannot be read or is no text, and on a folder without plans.
[[nodiscard]] support::Result<support::Sources> load(const std::filesystem::path& path, std::istream& standard_input);

/// Parses and resolves all of `sources` into one plan.
[[nodiscard]] model::Plan compile(const support::Sources& sources, diagnostics::Sink& sink);

}  // namespace muster::sema
