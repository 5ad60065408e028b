// The measurements that a plan names.
#pragma once

#include "compiler/ast/ast.h"
#include "compiler/sema/measurements_json.h"

namespace muster::sema {

/// What was measured, and the file that says so.
struct Measured {
    std::string file;  ///< as the plan names it: the same wherever the plan lies
    Measurements by_name;
    bool usable = true;  ///< false where the file has been reported: that a name is not in it is then no further fault
};

/// The path behind the plan's `measurements`; null where it names none.
[[nodiscard]] const ast::Value* measurements_path(const std::vector<ast::File>& files);

/// What the file of measurements among `sources` holds; nothing where the plan in `files` names none. What is wrong in it is reported.
[[nodiscard]] Measured measured_in(const std::vector<ast::File>& files, const support::Sources& sources, diagnostics::Sink& sink);

}  // namespace muster::sema
