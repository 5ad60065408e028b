// Which file a plan means by a path: never one outside the folder of the plan.
#pragma once

#include <filesystem>
#include <string>

#include "compiler/support/result.h"

namespace muster::sema {

/// The folder that a plan's files lie in: the one that was given, or that of the file that was given.
struct Root {
    std::filesystem::path folder;  ///< absolute, without links
    std::filesystem::path shown;   ///< how messages name it; empty for the folder that one stands in
};

/// The root at `folder`, which is there.
[[nodiscard]] Root root_at(const std::filesystem::path& folder);

/// Whether `file`, absolute and without links, lies in `root`.
[[nodiscard]] bool lies_in(const Root& root, const std::filesystem::path& file);

/// How messages name `file`, which lies in `root`.
[[nodiscard]] std::string shown_as(const Root& root, const std::filesystem::path& file);

/// The file that `written` means in a file of `folder`: absolute, without links, in `root`, a regular file. Fails with the reason as the
/// second half of a sentence: "it leads out of …".
[[nodiscard]] support::Result<std::filesystem::path> file_in(const Root& root, const std::filesystem::path& folder,
                                                             const std::string& written);

/// The same where `written` stands in an include: the file ends in .drp.
[[nodiscard]] support::Result<std::filesystem::path> included_file(const Root& root, const std::filesystem::path& folder,
                                                                   const std::string& written);

}  // namespace muster::sema
