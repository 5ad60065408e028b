// The profiles that ship with Muster.
#pragma once

#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/profile.h"

namespace muster::sema {

/// The standard profiles in alphabetical order, as the files in compiler/profiles say. Read once.
[[nodiscard]] const std::vector<model::Profile>& standard_profiles();

/// The same, read anew, with whatever is wrong in the files reported to `sink`: for a test, which finds nothing.
[[nodiscard]] std::vector<model::Profile> read_standard_profiles(diagnostics::Sink& sink);

/// The standard profile of that name; null where there is none.
[[nodiscard]] const model::Profile* standard_profile(std::string_view name);

}  // namespace muster::sema
