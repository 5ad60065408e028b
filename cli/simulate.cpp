#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

#include "cli/input.h"
#include "cli/output.h"
#include "cli/trials.h"
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
    const std::string text = settings.common.format == "json" ? simulator::render_json(input->plan, result, input->provenance())
                                                              : simulator::render_text(input->plan, result);
    if (!settings.common.quiet && !print(text)) return exit_code::trouble;
    return misses_objective(result) && settings.common.fail_on != "never" ? exit_code::findings : exit_code::fine;
}

}  // namespace

void add_simulate(CLI::App& app, Run& run) {
    CLI::App* command =
        app.add_subcommand("simulate", "many trials of every scenario; exits with 1 where an objective is met in fewer than 95% of them");
    auto settings = std::make_shared<Settings>();
    add_common(*command, settings->common);
    add_trials(*command, settings->trials);
    command
        ->add_option("--until", settings->until,
                     "make as many trials as it takes, at most --trials, until every P(met) is known to within this, such as 0.5%")
        ->type_name("SHARE")
        ->check([](const std::string& text) { return certainty(text) ? std::string() : "'" + text + "' is no share from 0.01% to 50%"; });
    command->callback([&run, settings] { run = [settings] { return simulate(*settings); }; });
}

}  // namespace muster::cli
