// What a backend makes: files, as values.
#pragma once

#include <string>
#include <vector>

#include "compiler/support/span.h"

namespace muster::backends {

/// A file to be written.
struct File {
    std::string path;  ///< below the output folder, with `/` between its parts
    std::string content;
    bool executable = false;
    support::Span from;  ///< what in the plan it was made from
};

/// The files that a backend makes, in the order in which it made them. No two have the same path.
using Files = std::vector<File>;

}  // namespace muster::backends
