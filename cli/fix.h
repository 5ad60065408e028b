// `check --fix`: the edits that findings say are safe, made.
#pragma once

#include <string>
#include <vector>

#include "cli/input.h"

namespace muster::cli {

/// What was changed in one file.
struct FixedFile {
    std::string name;
    std::string before, after;  ///< its content
};

/// A plan after its edits.
struct Fixed {
    Input input;                   ///< checked anew
    std::vector<FixedFile> files;  ///< that are others than before, in order of the plan's files
    std::size_t edits = 0;
};

/// Makes the edits of what counts in `input`, checks the result, and makes those that this brings up, until there are none. Of edits that
/// overlap the first is made. Nothing is written.
[[nodiscard]] Fixed fix(Input input, const Common& common);

/// `text` with all of `edits` made, which lie in it and do not overlap. A line of which nothing is left goes.
[[nodiscard]] std::string edited(const support::Source& source, std::vector<diagnostics::Edit> edits);

}  // namespace muster::cli
