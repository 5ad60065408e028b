// A plan from its text, with everything that was found wrong with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/plan.h"

namespace muster::sema::testing {

struct Compiled {
    support::Sources sources;
    model::Plan plan;
    std::vector<diagnostics::Diagnostic> found;

    /// "M1001 3:10" for each finding, in order of place.
    [[nodiscard]] std::vector<std::string> places() const;
    /// The codes alone.
    [[nodiscard]] std::vector<std::string> codes() const;
    /// The message and help of the only finding; fails the test where there is not exactly one.
    [[nodiscard]] std::string only_message() const;
};

/// Compiles `text` as the one file of a plan, which is called test.drp. Files that it names are looked for in `folder`; with none, the plan
/// has no files beside it.
[[nodiscard]] Compiled compiled(std::string_view text, const std::string& folder = "");

/// The same after a first line `plan test`, so that line 2 is the first of `text`.
[[nodiscard]] Compiled in_plan(std::string_view text);

}  // namespace muster::sema::testing
