// Text files on disk, replaced whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "compiler/support/result.h"

namespace muster::cli {

/// A file to be written.
struct TextFile {
    std::filesystem::path path;
    std::string text;
};

/// The file that writing to `path` replaces: absolute, with its links followed.
[[nodiscard]] std::filesystem::path target_of(const std::filesystem::path& path);

/// Writes all of `files`, each of which is another one. Every text is made beside its place and put there by a rename, once all
/// of them are on disk: a crash, a full disk or a folder that may not be written leaves the files of before. A file keeps its
/// permissions. Pipes and devices are written to as they are; a reader who has gone is no failure.
[[nodiscard]] support::Result<void> write_files(const std::vector<TextFile>& files);

}  // namespace muster::cli
