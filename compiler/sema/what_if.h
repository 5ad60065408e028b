// What if the plan said something else: declarations laid over those of the plan, and others taken away.
#pragma once

#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/support/source.h"

namespace muster::sema {

/// The files of a plan with changes made, and what changed: "role `dba`: headcount", "store `vault` is new".
struct Changed {
    std::vector<ast::File> files;
    std::vector<std::string> words;
};

/// `files` with `changes`, the block of a `whatif` or what --set says, made one after the other. In a partial declaration each clause
/// replaces all of the same keyword; steps and phases are found by name; what the plan does not declare is added. A `remove` that
/// finds nothing is reported.
[[nodiscard]] Changed changed(std::vector<ast::File> files, const std::vector<ast::Clause>& changes, diagnostics::Sink& sink);

/// The most what-ifs that a plan may have: each is resolved with the whole plan.
inline constexpr std::size_t most_what_ifs = 100;

/// Makes the changes of each `whatif` in `files`, whose plan is sound as it stands, and reports those that leave it unsound: what is wrong
/// in the block where it stands, all else as one finding at the name of the what-if.
void check_what_ifs(const std::vector<ast::File>& files, const support::Sources& sources, diagnostics::Sink& sink);

}  // namespace muster::sema
