// What docs/diagnostics says about each row of the registry.
#pragma once

#include <string_view>

#include "compiler/diagnostics/message.h"

namespace muster::diagnostics {

/// The page of `entry`, in Markdown: why the rule exists, a bad plan, a good plan. Empty where there is none, which the tests of
/// the registry rule out.
[[nodiscard]] std::string_view page(const Entry& entry);

}  // namespace muster::diagnostics
