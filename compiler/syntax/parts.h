// A large file in parts that can be read each for itself.
#pragma once

#include <string_view>
#include <vector>

namespace muster::syntax {

/// A part of a file that begins and ends with a line.
struct Part {
    std::string_view text;
    std::size_t first_line = 1;
};

/// Cuts `text` where a line begins and no block is open, into parts of about `size` bytes; longer ones where a block is. It looks for
/// braces, quotes and comments only: where the text has faults, so may the parts.
[[nodiscard]] std::vector<Part> parts_of(std::string_view text, std::size_t size);

}  // namespace muster::syntax
