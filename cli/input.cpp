#include "cli/input.h"

#include <algorithm>
#include <iostream>
#include <iterator>

#include "cli/output.h"
#include "compiler/diagnostics/github.h"
#include "compiler/diagnostics/junit.h"
#include "compiler/diagnostics/sarif_json.h"
#include "compiler/diagnostics/text.h"
#include "compiler/sema/load.h"

namespace muster::cli {
namespace {

std::string text_of(const Input& input, bool coloured) {
    std::string out;
    for (const auto& finding : input.findings) out += diagnostics::render_text(finding, input.sources, coloured);
    out += diagnostics::summary_text(input.findings);
    if (!input.waived.empty()) out += ", " + std::to_string(input.waived.size()) + " waived";
    return out + "\n";
}

// Estimates the plan and checks it by the rules. `sink` holds what was found on the way to it.
void analyse(Input& input, const analysis::Instant as_of, diagnostics::Sink& sink) {
    const analysis::Schedules schedules(input.plan, as_of);
    input.estimates = analysis::estimate_all(input.plan, schedules);
    analysis::run_rules(input.plan, input.estimates, schedules, sink);
    const auto found = sink.sorted();
    input.findings = analysis::apply_waivers(input.plan, found, as_of).findings;
    std::set_difference(found.begin(), found.end(), input.findings.begin(), input.findings.end(), std::back_inserter(input.waived),
                        diagnostics::stands_before);
}

std::optional<Input> read(const Common& common, diagnostics::Sink& sink) {
    auto sources = sema::load(common.path, std::cin);
    if (!sources) {
        complain(sources.error().message);
        return std::nullopt;
    }
    Input input;
    input.sources = std::move(*sources);
    input.plan = sema::compile(input.sources, sink);
    input.readable = !sink.has_errors();
    input.findings = sink.sorted();
    return input;
}

}  // namespace

diagnostics::Provenance Input::provenance() const { return {version(), plan.heading.name, plan.heading.title, plan.hash}; }

std::optional<Input> read_model(const Common& common) {
    diagnostics::Sink sink;
    return read(common, sink);
}

std::optional<Input> read_plan(const Common& common) {
    diagnostics::Sink sink;
    auto input = read(common, sink);
    if (input && input->readable) analyse(*input, common.instant(), sink);
    return input;
}

std::string render_findings(const Input& input, const Common& common, std::string_view format, bool coloured) {
    if (format == "json") return diagnostics::render_json(input.findings, input.sources, input.provenance(), input.waived.size());
    if (format == "sarif") return diagnostics::render_sarif(input.findings, input.waived, input.sources, input.provenance());
    if (format == "github") return diagnostics::render_github(input.findings, input.sources);
    if (format == "junit")
        return diagnostics::render_junit({input.plan.heading.name, input.findings, input.waived, common.failing_from(), input.readable},
                                         input.sources);
    return text_of(input, coloured);
}

bool print_findings(const Input& input, const Common& common) {
    return common.quiet || print(render_findings(input, common, common.format, common.coloured()));
}

bool fails(const Input& input, const Common& common) {
    const auto least = common.failing_from();
    return least && std::any_of(input.findings.begin(), input.findings.end(), [&](const auto& d) { return d.entry.severity >= *least; });
}

}  // namespace muster::cli
