#include <algorithm>
#include <memory>

#include "cli/input.h"
#include "cli/output.h"
#include "cli/trials.h"
#include "simulator/expectation.h"

namespace muster::cli {
namespace {

struct Settings {
    Common common;
    Trials trials;
};

std::string rendered(const simulator::TestReport& report, const Input& input, const Common& common) {
    if (common.format == "json") return simulator::render_test_json(report, input.provenance());
    return common.format == "junit" ? simulator::render_test_junit(report) : simulator::render_test_text(report);
}

bool all_hold(const std::vector<simulator::Judgement>& judgements) {
    return std::all_of(judgements.begin(), judgements.end(),
                       [](const auto& one) { return one.verdict == simulator::Judgement::Verdict::held; });
}

// Where the plan expects something of the years, and scenarios can come in them: so many campaigns of ten years.
std::optional<simulator::Campaign> campaigns(const Input& input, const simulator::Options& options) {
    constexpr std::uint64_t enough = 1'000, years = 10;
    const simulator::CampaignOptions all{options.seed, std::min(options.trials, enough), years, options.threads, options.as_of};
    const double expected = simulator::expected_incidents(input.plan, all);
    if (!simulator::expects_availability(input.plan) || expected == 0 || expected > simulator::most_incidents) return std::nullopt;
    return simulator::run_campaigns(input.plan, all);
}

int test(Settings settings) {
    const auto input = read_plan(settings.common);
    if (!input) return exit_code::trouble;
    if (!input->readable) return print_findings(*input, settings.common) ? exit_code::findings : exit_code::trouble;
    simulator::Options& options = settings.trials.options;
    options.as_of = settings.common.instant();
    options.only = simulator::scenarios_expected(input->plan);
    const auto result = simulator::simulate(input->plan, options, progress(settings.trials, settings.common));
    const auto years = campaigns(*input, options);
    const auto judgements = simulator::judge(input->plan, result, years ? &*years : nullptr);
    const std::string text = rendered({input->plan, input->sources, result, judgements}, *input, settings.common);
    if (!settings.common.quiet && !print(text)) return exit_code::trouble;
    return all_hold(judgements) || settings.common.fail_on == "never" ? exit_code::fine : exit_code::findings;
}

}  // namespace

void add_test(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("test", "whether what the plan expects of itself holds in a simulation: its `expect`");
    auto settings = std::make_shared<Settings>();
    add_common(*command, settings->common, {"text", "json", "junit"});
    add_trials(*command, settings->trials);
    command->callback([&run, settings] { run = [settings] { return test(*settings); }; });
}

}  // namespace muster::cli
