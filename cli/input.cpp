#include "cli/input.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "cli/output.h"
#include "compiler/diagnostics/github.h"
#include "compiler/diagnostics/junit.h"
#include "compiler/diagnostics/sarif_json.h"
#include "compiler/diagnostics/text.h"
#include "compiler/sema/load.h"
#include "compiler/sema/what_if.h"

namespace muster::cli {
namespace {

// How many findings of each severity, the gravest first, make up `limit`.
std::map<diagnostics::Severity, std::size_t> room_for(const Input& input, std::size_t limit) {
    std::map<diagnostics::Severity, std::size_t> room;
    for (const auto& finding : input.findings.counted) ++room[finding.entry.severity];
    for (auto at = room.rbegin(); at != room.rend(); ++at) {
        at->second = std::min(at->second, limit);
        limit -= at->second;
    }
    return room;
}

std::string text_of(const Input& input, std::size_t limit, bool coloured) {
    auto room = room_for(input, limit == 0 ? input.findings.counted.size() : limit);
    std::size_t hidden = 0;
    std::string out;
    for (const auto& finding : input.findings.counted) {
        if (room[finding.entry.severity] == 0) {
            ++hidden;
            continue;
        }
        --room[finding.entry.severity];
        out += diagnostics::render_text(finding, input.sources, coloured);
    }
    if (hidden > 0)
        out += fmt::format("{} more not shown here: `--limit 0` shows all, `--format json` and the other forms have them\n\n", hidden);
    return out + diagnostics::summary_text(input.findings) +
           (input.what_if ? diagnostics::render_difference(*input.what_if, input.sources) : std::string());
}

Input resolve(sema::Files files, diagnostics::Sink& sink) {
    Input input;
    input.sources = std::move(files.sources);
    input.parsed = std::move(files.parsed);
    input.plan = sema::resolve(input.parsed, input.sources, sink);
    input.readable = !sink.has_errors();
    input.findings.counted = sink.sorted();
    return input;
}

std::optional<Input> read(const Common& common, diagnostics::Sink& sink) {
    auto files = sema::load(common.path, std::cin, sink);
    if (files) return resolve(std::move(*files), sink);
    complain(files.error().message);
    return std::nullopt;
}

// What is not readable has its findings already.
void check(Input& input, const Common& common, diagnostics::Sink& sink) {
    if (!input.readable) return set_severities(input.findings, common.severities);
    sema::check_what_ifs(input.parsed, input.sources, sink);
    analyse(input, common, sink);
}

}  // namespace

diagnostics::Provenance Input::provenance() const { return {version(), plan.heading.name, plan.heading.title, plan.hash}; }

std::optional<Input> read_model(const Common& common) {
    diagnostics::Sink sink;
    return read(common, sink);
}

Input check_plan(support::Sources sources, const Common& common) {
    diagnostics::Sink sink;
    Input input = resolve(sema::parsed(std::move(sources), sink), sink);
    check(input, common, sink);
    return input;
}

std::optional<Input> read_plan(const Common& common) {
    diagnostics::Sink sink;
    auto input = read(common, sink);
    if (input) check(*input, common, sink);
    return input;
}

void analyse(Input& input, const Common& common, diagnostics::Sink& sink) {
    const analysis::Schedules schedules(input.plan, common.instant());
    input.estimates = analysis::estimate_all(input.plan, schedules);
    analysis::run_rules(input.plan, input.estimates, schedules, sink);
    input.findings = analysis::apply_waivers(input.plan, sink.sorted(), common.instant());
    set_severities(input.findings, common.severities);
}

std::string render_findings(const Input& input, const Common& common, std::string_view format, bool coloured) {
    if (format == "json")
        return diagnostics::render_json(input.findings, input.sources, input.provenance(), input.what_if ? &*input.what_if : nullptr);
    if (format == "sarif") return diagnostics::render_sarif(input.findings, input.sources, input.provenance());
    if (format == "github") return diagnostics::render_github(input.findings.counted, input.sources);
    if (format == "junit")
        return diagnostics::render_junit({input.plan.heading.name, input.findings, common.failing_from(), input.readable}, input.sources);
    return text_of(input, common.limit, coloured);
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
