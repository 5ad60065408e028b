// The parts of which scripts are put together: what is the same in every plan.
#pragma once

#include <string>
#include <string_view>

namespace muster::backends::jobs {

/// The text of parts/`name`.sh, with an empty line before it. There is such a file.
[[nodiscard]] std::string part(std::string_view name);

}  // namespace muster::backends::jobs
