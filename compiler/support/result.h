// What can go wrong in the environment (a file, a folder, a full disk) comes back as a value.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace muster::support {

/// A complaint about the environment, as one sentence for the person who ran the command.
struct Failure {
    std::string message;
};

/// A value, or the reason why there is none. Callers must look at it.
template <class T>
using Result = tl::expected<T, Failure>;

/// Shorthand for returning a failure from a function that returns a `Result`.
[[nodiscard]] inline tl::unexpected<Failure> fail(std::string message) { return tl::make_unexpected(Failure{std::move(message)}); }

}  // namespace muster::support
