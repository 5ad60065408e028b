// A tree of generated files on disk, replaced as a whole or not at all.
#pragma once

#include <filesystem>
#include <vector>

#include "backends/files.h"
#include "compiler/support/result.h"

namespace muster::cli {

/// How the tree at `folder` differs from `files`: one line for each file that is missing, different, or no longer made (of those
/// that its manifest lists). Empty where it is what would be written.
[[nodiscard]] std::vector<std::string> differences(const std::filesystem::path& folder, const backends::Files& files);

/// Writes `files`, the last of which is the manifest, to `folder`. The new tree is made beside it and put in its place by
/// one rename, so that a crash or a full disk leaves the old one. Files that its manifest does not list are kept; those that
/// it lists and that are no longer made are removed. Fails, with nothing changed, where `folder` holds files and no
/// manifest, where a person has changed a listed file and `force` is not set, and where it cannot be written.
[[nodiscard]] support::Result<void> write_tree(const std::filesystem::path& folder, const backends::Files& files, bool force);

}  // namespace muster::cli
