// From a path to a plan: which files it is made of, and all the stages in a row.
#pragma once

#include <filesystem>

#include "compiler/sema/resolve.h"
#include "compiler/support/result.h"

namespace muster::sema {

/// The deepest chain of includes that is followed.
inline constexpr std::size_t deepest_includes = 1000;

/// The files of a plan: what was given, and what that includes.
struct Files {
    support::Sources sources;
    std::vector<ast::File> parsed;  ///< of each of the sources, but for a file of measurements, which comes last
};

/// Reads and parses the plan at `path`: a file, a folder (the .drp files directly in it, by name), or `-` for `standard_input`, with
/// every file that these include, once each, and the measurements that the plan names. Messages name files as `path` leads to them. Faults
/// of syntax go to `sink`, and so does an include that leads nowhere, out of the folder of the plan, or back to itself. Fails where a file
/// that was given cannot be read or is no text, on a folder without plans, and on one whose plans are links that lead out of it.
[[nodiscard]] support::Result<Files> load(const std::filesystem::path& path, std::istream& standard_input, diagnostics::Sink& sink);

/// Parses `sources`, which `load` has read, once more: their includes are among them.
[[nodiscard]] Files parsed(support::Sources sources, diagnostics::Sink& sink);

/// Parses and resolves all of `sources` into one plan. They are texts without a folder: nothing can be included.
[[nodiscard]] model::Plan compile(const support::Sources& sources, diagnostics::Sink& sink);

}  // namespace muster::sema
