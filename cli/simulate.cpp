#include <atomic>
#include <csignal>
#include <memory>

#include "cli/against.h"
#include "cli/campaign.h"
#include "cli/compound.h"
#include "cli/output.h"
#include "cli/pictures.h"
#include "cli/shard.h"
#include "cli/simulate_options.h"
#include "cli/simulate_report.h"
#include "cli/what_if.h"

namespace muster::cli {
namespace {

using support::Id;

// With --until, where --trials does not say: a P(met) is then within a thirtieth of a percentage point.
constexpr std::uint64_t most_until = 10'000'000;

// Set by Ctrl-C, where a partial result was asked for.
std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

// The changed plan goes through the trials that the plan as it is went through, as many of them.
int compare(const Input& input, const SimulateSettings& settings, const simulator::Result& result) {
    const auto changed = would_be(input, settings.common);
    if (!changed) return exit_code::trouble;
    if (!changed->input.readable) return print_findings(changed->input, settings.common) ? exit_code::findings : exit_code::trouble;
    simulator::Options options = settings.trials.options;
    options.until.reset();
    options.stop = nullptr;
    options.trials = result.trials;
    const auto after = simulator::simulate(changed->input.plan, options, progress(settings.trials, settings.common));
    const auto shifts = simulator::compare(input.plan, changed->input.plan, options);
    const simulator::WhatIf what_if{changed->changes, shifts};
    return report(input, result, settings.common, {&what_if, &after, nullptr, settings.plot});
}

// So does another plan; what moves, moves from that one to this.
int compare_with_other(const Input& input, const SimulateSettings& settings, const simulator::Result& result) {
    Common common = settings.common;
    common.path = settings.against;
    const auto other = read_plan(common);
    if (!other) return exit_code::trouble;
    if (!other->readable) return print_findings(*other, common) ? exit_code::findings : exit_code::trouble;
    simulator::Options options = settings.trials.options;
    options.trials = result.trials;
    const auto shifts = simulator::compare(other->plan, input.plan, options);
    const auto words = what_differs(*other, input, settings.against, settings.common.path);
    const simulator::WhatIf what_if{words, shifts};
    return report(input, result, settings.common, {&what_if, nullptr, nullptr, settings.plot});
}

int tell(const Input& input, const SimulateSettings& settings) {
    const auto result = simulator::simulate(input.plan, settings.trials.options, progress(settings.trials, settings.common));
    if (result.trials == 0) {
        complain("interrupted before the first 1024 trials of each scenario were made: there is nothing to tell");
        return exit_code::trouble;
    }
    if (!settings.pictures.empty() && !write_pictures(input, result, settings.trials.options, settings.pictures)) return exit_code::trouble;
    if (settings.common.changes_plan()) return compare(input, settings, result);
    if (!settings.against.empty()) return compare_with_other(input, settings, result);
    return report(input, result, settings.common,
                  {nullptr, nullptr, settings.no_levers ? nullptr : &settings.trials.options, settings.plot});
}

// Two scenarios of the plan: at once, or one while the other is recovered from.
int tell_both(const Input& input, SimulateSettings settings) {
    const auto two = two_scenarios(input.plan, settings.together.empty() ? settings.during : settings.together);
    if (!two) return exit_code::trouble;
    if (!settings.during.empty()) return tell_during(input, settings.common, settings.trials.options, two->first, two->second);
    const Input both = with_both(input, two->first, two->second);
    settings.trials.options.only = {Id<model::Scenario>{static_cast<std::uint32_t>(both.plan.scenarios.size() - 1)}};
    return tell(both, settings);
}

// Each campaign is one trial of all the years.
int tell_years(const Input& input, const SimulateSettings& settings) {
    constexpr std::uint64_t enough = 1'000;
    const simulator::Options& options = settings.trials.options;
    const std::uint64_t campaigns = settings.trials.number->count() > 0 ? options.trials : enough;
    return simulate_campaigns(input, settings.common, {options.seed, campaigns, settings.years, options.threads, options.as_of});
}

// What the plan says elsewhere can still be simulated; that something is missing is said, and the answer is never a success.
int tell_what_is_left(Input input, const SimulateSettings& settings) {
    input.plan.expectations = {};  // half of one means nothing, and no simulation asks for any
    complain("--allow-errors: what the lines with errors say is left out, and so is whatever rests on it");
    if (!print_findings(input, settings.common)) return exit_code::trouble;
    const int code = tell(input, settings);
    return code == exit_code::trouble ? code : exit_code::findings;
}

int simulate(SimulateSettings settings) {
    const auto input = read_plan(settings.common);
    if (!input) return exit_code::trouble;
    simulator::Options& options = settings.trials.options;
    options.as_of = settings.common.instant();
    options.until = certainty(settings.until);
    if (options.until && settings.trials.number->count() == 0) options.trials = most_until;
    if (settings.partial) {
        options.stop = &interrupted;
        std::signal(SIGINT, [](int) { interrupted = true; });
    }
    if (!input->readable) {
        if (settings.allow_errors) return tell_what_is_left(*input, settings);
        return print_findings(*input, settings.common) ? exit_code::findings : exit_code::trouble;
    }
    if (const auto part = part_of(settings.shard))
        return write_shard(*input, options, *part, settings.output, progress(settings.trials, settings.common));
    if (settings.campaign) return tell_years(*input, settings);
    return settings.together.empty() && settings.during.empty() ? tell(*input, settings) : tell_both(*input, settings);
}

}  // namespace

void add_simulate(CLI::App& app, Run& run) {
    CLI::App* command =
        app.add_subcommand("simulate", "many trials of every scenario; exits with 1 where an objective is met in fewer than 95% of them");
    auto settings = std::make_shared<SimulateSettings>();
    add_simulate_options(*command, *settings);
    command->callback([&run, settings] { run = [settings] { return simulate(*settings); }; });
}

}  // namespace muster::cli
