// Which steps destroy something, or cannot be undone.
#pragma once

#include <string>

#include "backends/runbook/place.h"

namespace muster::backends::runbook {

/// What the step destroys or cannot take back, as a clause that follows its name: "overwrites orders …". Empty for a step that is
/// harmless as far as the plan says. Such a step wants its name typed before it begins.
[[nodiscard]] std::string destruction_of(const StepIn& step);

/// The first command in a shell text that is known to destroy something: `rm -rf`, `kubectl delete`, `DROP DATABASE`. Empty where none
/// is.
[[nodiscard]] std::string destructive_command(const std::string& text);

}  // namespace muster::backends::runbook
