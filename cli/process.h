// Other programs, run without a shell.
#pragma once

#include <string>
#include <vector>

#include "compiler/support/result.h"

namespace muster::cli {

/// What a program that has ended left.
struct Ended {
    int code = 0;        ///< its exit code; 128 + the signal that ended it
    std::string output;  ///< all of its standard output
    std::string errors;  ///< all of its standard error
};

/// Runs the program `arguments[0]`, found by PATH, with the rest as its arguments and nothing to read, and waits for it. Fails where it
/// cannot be started.
[[nodiscard]] support::Result<Ended> run_program(const std::vector<std::string>& arguments);

}  // namespace muster::cli
