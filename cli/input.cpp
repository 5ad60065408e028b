#include "cli/input.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iostream>

#include "backends/shell/quote.h"
#include "cli/output.h"
#include "compiler/analysis/objectives.h"
#include "compiler/diagnostics/github.h"
#include "compiler/diagnostics/junit.h"
#include "compiler/diagnostics/order.h"
#include "compiler/diagnostics/sarif_json.h"
#include "compiler/diagnostics/text.h"
#include "compiler/sema/load.h"
#include "compiler/sema/what_if.h"
#include "compiler/support/utf8.h"

namespace muster::cli {
namespace {

// What a shell takes as it is stays as it is; a member of a family has brackets in its name, and a path may have anything.
std::string shell_word(const std::string& text) {
    const auto is_harmless = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("./_-").find(c) != std::string_view::npos;
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), is_harmless) ? text : backends::shell::quote(text);
}

// How many objectives are kept, and what to mend first: what does most damage is shown first.
std::string objectives_text(const Input& input, const std::vector<diagnostics::Diagnostic>& shown, const std::string& path) {
    const analysis::ObjectiveCount count = analysis::count_objectives(input.estimates);
    if (count.met + count.missed + count.unknown == 0) return "";
    std::string out = fmt::format("objectives, in every scenario that touches them: {} met, {} missed, {} unknown\n", count.met,
                                  count.missed, count.unknown);
    const auto first =
        std::find_if(shown.begin(), shown.end(), [](const auto& d) { return !d.cause.empty() && diagnostics::objective_of(d); });
    if (first == shown.end()) return out;
    const std::string others = first->also.empty() ? "" : fmt::format(" and {} more", first->also.size());
    const auto objective = *diagnostics::objective_of(*first);
    const std::string command =
        fmt::format("muster mend {} --of {} --in {}", shell_word(path), shell_word(objective.subject.name), shell_word(objective.scenario));
    return out +
           support::printable(
               fmt::format("mend first: {}, for {}{}; `{}` tries what would do", first->cause, about(*first), others, command)) +
           "\n";
}

std::string text_of(const Input& input, const diagnostics::Findings& shown, const Common& common, bool coloured) {
    const std::size_t all = shown.counted.size();
    const std::size_t most = common.limit == 0 ? all : std::min(common.limit, all);
    std::string out;
    for (std::size_t i = 0; i < most; ++i) out += diagnostics::render_text(shown.counted[i], input.sources, coloured);
    if (most < all)
        out += fmt::format("{} more not shown here: `--limit 0` shows all, `--format json` and the other forms have them\n\n", all - most);
    return out + diagnostics::summary_text(shown) + (input.readable ? objectives_text(input, shown.counted, common.path) : "") +
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
    const analysis::Schedules& schedules = input.schedules.emplace(input.plan, common.instant());
    input.estimates = analysis::estimate_all(input.plan, schedules);
    analysis::run_rules(input.plan, input.estimates, schedules, sink);
    input.findings = analysis::apply_waivers(input.plan, sink.sorted(), common.instant());
    set_severities(input.findings, common.severities);
}

std::string render_findings(const Input& input, const Common& common, std::string_view format, bool coloured) {
    diagnostics::Findings shown = input.findings;
    shown.counted = diagnostics::one_of_each_cause(std::move(shown.counted));
    if (format == "json")
        return diagnostics::render_json(shown, input.sources, input.provenance(), input.what_if ? &*input.what_if : nullptr);
    if (format == "sarif") return diagnostics::render_sarif(shown, input.sources, input.provenance());
    if (format == "github") return diagnostics::render_github(shown.counted, input.sources);
    if (format == "junit")
        return diagnostics::render_junit({input.plan.heading.name, shown, common.failing_from(), input.readable}, input.sources);
    return text_of(input, shown, common, coloured);
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
