#include "cli/input.h"

#include <algorithm>
#include <iostream>

#include "cli/output.h"
#include "compiler/diagnostics/text.h"
#include "compiler/sema/load.h"

namespace muster::cli {

diagnostics::Provenance Input::provenance() const { return {version(), plan.heading.name, plan.heading.title, plan.hash}; }

std::optional<Input> read_plan(const Common& common) {
    auto sources = sema::load(common.path, std::cin);
    if (!sources) {
        complain(sources.error().message);
        return std::nullopt;
    }
    Input input;
    input.sources = std::move(*sources);
    diagnostics::Sink sink;
    input.plan = sema::compile(input.sources, sink);
    input.readable = !sink.has_errors();
    if (!input.readable) {
        input.findings = sink.sorted();
        return input;
    }
    const analysis::Schedules schedules(input.plan, common.instant());
    input.estimates = analysis::estimate_all(input.plan, schedules);
    analysis::run_rules(input.plan, input.estimates, schedules, sink);
    auto checked = analysis::apply_waivers(input.plan, sink.sorted(), common.instant());
    input.findings = std::move(checked.findings);
    input.waived = checked.waived;
    return input;
}

bool print_findings(const Input& input, const Common& common) {
    if (common.quiet) return true;
    if (common.format == "json") return print(diagnostics::render_json(input.findings, input.sources, input.provenance(), input.waived));
    std::string out;
    for (const auto& finding : input.findings) out += diagnostics::render_text(finding, input.sources, common.coloured());
    out += diagnostics::summary_text(input.findings);
    if (input.waived > 0) out += ", " + std::to_string(input.waived) + " waived";
    return print(out + "\n");
}

bool fails(const Input& input, const Common& common) {
    if (common.fail_on == "never") return false;
    const auto least = common.fail_on == "error" ? diagnostics::Severity::error : diagnostics::Severity::warning;
    return std::any_of(input.findings.begin(), input.findings.end(), [&](const auto& d) { return d.entry.severity >= least; });
}

}  // namespace muster::cli
