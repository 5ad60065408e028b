// Text in bash: data stays data, and a shell text of the plan stays inside its step.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "backends/shell/variable.h"

namespace muster::backends::runbook {

/// The line of a function body that runs a shell text of the plan: a quoted here-document whose end no line of the text is,
/// so that the text can neither be expanded nor end the function. Indented by two spaces, with its line end.
[[nodiscard]] std::string run_text(std::string_view text);

/// The well-known tools of recovery that a shell text calls, where they stand as commands here: `kubectl` and `aws`, but
/// not what kubectl runs in a pod.
[[nodiscard]] std::set<std::string> tools_in(std::string_view text);

using shell::variable_part;

}  // namespace muster::backends::runbook
