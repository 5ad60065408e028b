#include "cli/input.h"

#include <algorithm>
#include <iostream>

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
    for (const auto& finding : input.findings.counted) out += diagnostics::render_text(finding, input.sources, coloured);
    return out + diagnostics::summary_text(input.findings);
}

// Estimates the plan and checks it by the rules. `sink` holds what was found on the way to it.
void analyse(Input& input, const analysis::Instant as_of, diagnostics::Sink& sink) {
    const analysis::Schedules schedules(input.plan, as_of);
    input.estimates = analysis::estimate_all(input.plan, schedules);
    analysis::run_rules(input.plan, input.estimates, schedules, sink);
    input.findings = analysis::apply_waivers(input.plan, sink.sorted(), as_of);
}

Input resolve(support::Sources sources, diagnostics::Sink& sink) {
    Input input;
    input.sources = std::move(sources);
    input.plan = sema::compile(input.sources, sink);
    input.readable = !sink.has_errors();
    input.findings.counted = sink.sorted();
    return input;
}

std::optional<support::Sources> read(const Common& common) {
    auto sources = sema::load(common.path, std::cin);
    if (sources) return std::move(*sources);
    complain(sources.error().message);
    return std::nullopt;
}

}  // namespace

diagnostics::Provenance Input::provenance() const { return {version(), plan.heading.name, plan.heading.title, plan.hash}; }

std::optional<Input> read_model(const Common& common) {
    auto sources = read(common);
    if (!sources) return std::nullopt;
    diagnostics::Sink sink;
    return resolve(std::move(*sources), sink);
}

Input check_plan(support::Sources sources, const Common& common) {
    diagnostics::Sink sink;
    Input input = resolve(std::move(sources), sink);
    if (input.readable) analyse(input, common.instant(), sink);
    set_severities(input.findings, common.severities);
    return input;
}

std::optional<Input> read_plan(const Common& common) {
    auto sources = read(common);
    if (!sources) return std::nullopt;
    return check_plan(std::move(*sources), common);
}

std::string render_findings(const Input& input, const Common& common, std::string_view format, bool coloured) {
    if (format == "json") return diagnostics::render_json(input.findings, input.sources, input.provenance());
    if (format == "sarif") return diagnostics::render_sarif(input.findings, input.sources, input.provenance());
    if (format == "github") return diagnostics::render_github(input.findings.counted, input.sources);
    if (format == "junit")
        return diagnostics::render_junit({input.plan.heading.name, input.findings, common.failing_from(), input.readable}, input.sources);
    return text_of(input, coloured);
}

bool print_findings(const Input& input, const Common& common) {
    return common.quiet || print(render_findings(input, common, common.format, common.coloured()));
}

bool fails(const Input& input, const Common& common) {
    const auto least = common.failing_from();
    const auto& found = input.findings.counted;
    return least && std::any_of(found.begin(), found.end(), [&](const auto& d) { return d.entry.severity >= *least; });
}

}  // namespace muster::cli
