// What docs/diagnostics says about each row of the registry.
#pragma once

#include <string>
#include <string_view>

#include "compiler/diagnostics/message.h"

namespace muster::diagnostics {

/// The page of `entry`, in Markdown: why the rule exists, a bad plan, a good plan. Empty where there is none, which the tests of
/// the registry rule out.
[[nodiscard]] std::string_view page(const Entry& entry);

/// What `entry` says, its gaps shown as `…`: "there is no … called …".
[[nodiscard]] std::string title(const Entry& entry);

/// docs/diagnostics/README.md: every row of the registry with its severity and title, by family, in Markdown.
[[nodiscard]] std::string index_page();

}  // namespace muster::diagnostics
