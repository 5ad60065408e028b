// --what-if and --set: the plan as it would be, beside the plan as it is.
#pragma once

#include <optional>

#include "cli/input.h"

namespace muster::cli {

/// Adds --what-if and --set to `command`.
void add_what_if_options(CLI::App& command, Common& common);

/// The plan of `input`, which is readable, with the changes that the command line asks for, estimated and checked alike; and what
/// was changed, in words.
struct WouldBe {
    Input input;
    std::vector<std::string> changes;
};

/// Makes these changes. Nothing where a what-if is not there or a change is no text; the complaint has then been made. A change that leaves
/// the plan unsound gives a plan that is not readable, with the findings that say why.
[[nodiscard]] std::optional<WouldBe> would_be(const Input& input, const Common& common);

}  // namespace muster::cli
