#include <algorithm>
#include <memory>

#include "cli/input.h"
#include "cli/output.h"
#include "cli/what_if.h"
#include "compiler/analysis/estimate_json.h"
#include "compiler/analysis/estimate_markdown.h"
#include "compiler/analysis/estimate_text.h"

namespace muster::cli {
namespace {

using analysis::Verdict;

bool is_miss(Verdict verdict) { return verdict != Verdict::met && verdict != Verdict::unset; }

std::string rendered(const Input& input, const Common& common, const analysis::WhatIf* what_if) {
    if (common.format == "json") return analysis::render_json(input.plan, input.estimates, input.provenance(), what_if);
    const std::string moved = what_if == nullptr ? "" : analysis::render_moved(what_if->moved, what_if->changes);
    if (common.format != "markdown")
        return analysis::render_text(input.plan, input.estimates, common.coloured()) + (moved.empty() ? "" : "\n" + moved);
    return analysis::render_markdown(input.plan, input.estimates) + (moved.empty() ? "" : "\n```text\n" + moved + "```\n");
}

bool misses_objective(const Input& input) {
    return std::any_of(input.estimates.begin(), input.estimates.end(), [](const analysis::Estimate& e) {
        return std::any_of(e.services.begin(), e.services.end(),
                           [](const auto& outcome) {
                               return (outcome.rto && is_miss(outcome.verdict)) || (outcome.skew && is_miss(outcome.skew->verdict));
                           }) ||
               std::any_of(e.data.begin(), e.data.end(), [](const auto& outcome) { return outcome.rpo && is_miss(outcome.verdict); });
    });
}

// Prints the estimates of `input`, with what moves; the exit code is that of `judged`.
int report(const Input& input, const Common& common, const analysis::WhatIf* what_if, const Input& judged) {
    const std::string text = rendered(input, common, what_if);
    if (!common.quiet && !print(text)) return exit_code::trouble;
    return misses_objective(judged) && common.fail_on != "never" ? exit_code::findings : exit_code::fine;
}

int compare(const Input& input, const Common& common) {
    const auto changed = would_be(input, common);
    if (!changed) return exit_code::trouble;
    if (!changed->input.readable) return print_findings(changed->input, common) ? exit_code::findings : exit_code::trouble;
    const analysis::WhatIf what_if{changed->changes,
                                   analysis::moved({input.plan, input.estimates}, {changed->input.plan, changed->input.estimates})};
    return report(input, common, &what_if, changed->input);
}

int estimate(const Common& common) {
    const auto input = read_plan(common);
    if (!input) return exit_code::trouble;
    if (!input->readable) return print_findings(*input, common) ? exit_code::findings : exit_code::trouble;
    if (common.changes_plan()) return compare(*input, common);
    return report(*input, common, nullptr, *input);
}

}  // namespace

void add_estimate(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("estimate", "the recovery-time matrix: RTO and RTA, RPO and RPA, and the path that makes them");
    auto common = std::make_shared<Common>();
    add_common(*command, *common, {"text", "json", "markdown"});
    add_what_if_options(*command, *common);
    command->callback([&run, common] { run = [common] { return estimate(*common); }; });
}

}  // namespace muster::cli
