// Names of environment variables.
#pragma once

#include <string>
#include <string_view>

namespace muster::backends::shell {

/// `text` made fit for the name of an environment variable after a prefix: letters in upper case, digits, and `_` for the rest.
[[nodiscard]] std::string variable_part(std::string_view text);

}  // namespace muster::backends::shell
