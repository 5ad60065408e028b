// Where results and complaints go.
#pragma once

#include <string_view>

namespace muster::cli {

/// Writes `text` to standard output. False where that failed for another reason than a reader who has gone: a full disk, say; the
/// complaint has then been made. A closed pipe is silent.
[[nodiscard]] bool print(std::string_view text);

/// Writes "muster: " and `text` as a line to standard error.
void complain(std::string_view text);

}  // namespace muster::cli
