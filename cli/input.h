// The plan that a command works on.
#pragma once

#include <optional>

#include "cli/options.h"
#include "compiler/analysis/check.h"
#include "compiler/ast/ast.h"
#include "compiler/diagnostics/difference.h"
#include "compiler/diagnostics/findings.h"
#include "compiler/diagnostics/findings_json.h"
#include "compiler/model/plan.h"
#include "compiler/support/source.h"

namespace muster::cli {

/// A plan with everything that was found on the way to it.
struct Input {
    support::Sources sources;
    std::vector<ast::File> parsed;  ///< of each of the sources
    model::Plan plan;
    diagnostics::Findings findings;                  ///< of syntax and names, and of the rules where those ran
    bool readable = false;                           ///< no error of syntax or names: estimates mean something
    std::optional<analysis::Schedules> schedules;    ///< where the plan is readable
    std::vector<analysis::Estimate> estimates;       ///< of all scenarios, where the plan is readable
    std::optional<diagnostics::Difference> what_if;  ///< what the changes of the command line do to the findings

    [[nodiscard]] diagnostics::Provenance provenance() const;
};

/// Reads and resolves the plan at `common.path`, without estimates and rules. Nothing where it cannot be read at all; the complaint
/// has then been made.
[[nodiscard]] std::optional<Input> read_model(const Common& common);

/// Reads, resolves, estimates and checks the plan at `common.path`. Nothing where it cannot be read at all; the complaint has
/// then been made.
[[nodiscard]] std::optional<Input> read_plan(const Common& common);

/// The same of a plan whose files have been read already.
[[nodiscard]] Input check_plan(support::Sources sources, const Common& common);
/// Estimates the plan of `input` and checks it by the rules. `sink` holds what was found on the way to it.
void analyse(Input& input, const Common& common, diagnostics::Sink& sink);

/// The findings in the form called `format`: text, json, sarif, junit or github. `coloured` is for text alone.
[[nodiscard]] std::string render_findings(const Input& input, const Common& common, std::string_view format, bool coloured);

/// Prints the findings to standard output in the form that `common` asks for, unless quiet.
[[nodiscard]] bool print_findings(const Input& input, const Common& common);

/// Whether there is a finding at or above --fail-on.
[[nodiscard]] bool fails(const Input& input, const Common& common);

}  // namespace muster::cli
