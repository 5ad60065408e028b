#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

#include "cli/input.h"
#include "cli/output.h"
#include "cli/trials.h"
#include "cli/what_if.h"
#include "simulator/report_json.h"
#include "simulator/report_text.h"

namespace muster::cli {
namespace {

// An objective counts as kept where this share of the trials keeps it: what a 95th percentile promises.
constexpr std::uint64_t kept_of = 95, kept_in = 100;

// With --until, where --trials does not say: a P(met) is then within a thirtieth of a percentage point.
constexpr std::uint64_t most_until = 10'000'000;

struct Settings {
    Common common;
    Trials trials;
    std::string until;
};

bool kept(std::uint64_t met, std::uint64_t trials) { return met * kept_in >= trials * kept_of; }

bool misses_objective(const simulator::Result& result) {
    return std::any_of(result.scenarios.begin(), result.scenarios.end(), [&](const auto& scenario) {
        return std::any_of(scenario.services.begin(), scenario.services.end(),
                           [&](const auto& s) { return s.rto && !kept(s.met, result.trials); }) ||
               std::any_of(scenario.data.begin(), scenario.data.end(), [&](const auto& d) { return d.rpo && !kept(d.met, result.trials); });
    });
}

// "0.5%" in (0 %, 50 %], as the language writes shares.
std::optional<model::Percent> certainty(std::string text) {
    if (!text.ends_with('%')) return std::nullopt;
    text.pop_back();
    double percent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent, std::chars_format::fixed);
    if (error != std::errc{} || end != text.data() + text.size() || !(percent >= 0.01 && percent <= 50)) return std::nullopt;
    return model::Percent{static_cast<std::int32_t>(std::lround(percent * 10'000))};
}

std::string rendered(const Input& input, const simulator::Result& result, const Common& common, const simulator::WhatIf* what_if) {
    if (common.format == "json") return simulator::render_json(input.plan, result, input.provenance(), what_if);
    const std::string text = simulator::render_text(input.plan, result);
    return what_if == nullptr ? text : text + simulator::render_shifts(what_if->shifts, what_if->changes);
}

// Prints `result`, with what a change does; the exit code is that of `judged`.
int report(const Input& input, const simulator::Result& result, const Common& common, const simulator::WhatIf* what_if,
           const simulator::Result& judged) {
    const std::string text = rendered(input, result, common, what_if);
    if (!common.quiet && !print(text)) return exit_code::trouble;
    return misses_objective(judged) && common.fail_on != "never" ? exit_code::findings : exit_code::fine;
}

// The changed plan goes through the trials that the plan as it is went through, as many of them.
int compare(const Input& input, const Settings& settings, const simulator::Result& result) {
    const auto changed = would_be(input, settings.common);
    if (!changed) return exit_code::trouble;
    if (!changed->input.readable) return print_findings(changed->input, settings.common) ? exit_code::findings : exit_code::trouble;
    simulator::Options options = settings.trials.options;
    options.until.reset();
    options.trials = result.trials;
    const auto after = simulator::simulate(changed->input.plan, options, progress(settings.trials, settings.common));
    const auto shifts = simulator::compare(input.plan, changed->input.plan, options);
    const simulator::WhatIf what_if{changed->changes, shifts};
    return report(input, result, settings.common, &what_if, after);
}

int simulate(Settings settings) {
    const auto input = read_plan(settings.common);
    if (!input) return exit_code::trouble;
    if (!input->readable) return print_findings(*input, settings.common) ? exit_code::findings : exit_code::trouble;
    simulator::Options& options = settings.trials.options;
    options.as_of = settings.common.instant();
    if (!settings.until.empty()) {
        options.until = certainty(settings.until);
        if (settings.trials.number->count() == 0) options.trials = most_until;
    }
    const auto result = simulator::simulate(input->plan, options, progress(settings.trials, settings.common));
    if (settings.common.changes_plan()) return compare(*input, settings, result);
    return report(*input, result, settings.common, nullptr, result);
}

}  // namespace

void add_simulate(CLI::App& app, Run& run) {
    CLI::App* command =
        app.add_subcommand("simulate", "many trials of every scenario; exits with 1 where an objective is met in fewer than 95% of them");
    auto settings = std::make_shared<Settings>();
    add_common(*command, settings->common);
    add_what_if_options(*command, settings->common);
    add_trials(*command, settings->trials);
    command
        ->add_option("--until", settings->until,
                     "make as many trials as it takes, at most --trials, until every P(met) is known to within this, such as 0.5%")
        ->type_name("SHARE")
        ->check([](const std::string& text) { return certainty(text) ? std::string() : "'" + text + "' is no share from 0.01% to 50%"; });
    command->callback([&run, settings] { run = [settings] { return simulate(*settings); }; });
}

}  // namespace muster::cli
