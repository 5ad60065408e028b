#include "cli/simulate_options.h"

#include <charconv>
#include <cmath>

#include "cli/shard.h"
#include "cli/what_if.h"

namespace muster::cli {

std::optional<model::Percent> certainty(std::string text) {
    if (!text.ends_with('%')) return std::nullopt;
    text.pop_back();
    double percent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent, std::chars_format::fixed);
    if (error != std::errc{} || end != text.data() + text.size() || !(percent >= 0.01 && percent <= 50)) return std::nullopt;
    return model::Percent{static_cast<std::int32_t>(std::lround(percent * 10'000))};
}

namespace {

void add_comparisons(CLI::App& command, SimulateSettings& settings) {
    add_what_if_options(command, settings.common);
    auto* against = command.add_option("--against", settings.against, "another plan, in the same trials: what moves from that one to this")
                        ->type_name("PLAN");
    against->excludes("--set")->excludes("--what-if");
}

void add_pairs(CLI::App& command, SimulateSettings& settings) {
    auto* together =
        command.add_option("--together", settings.together, "two scenarios at the same moment, as one disaster")->delimiter(',');
    auto* during =
        command.add_option("--during", settings.during, "the second comes while the first is recovered from: what each costs the other");
    during->delimiter(',')->excludes(together);
    for (auto* option : {together, during}) {
        option->type_name("A,B")->allow_extra_args(false)->expected(2);
        for (const char* other : {"--set", "--what-if", "--against"}) option->excludes(other);
    }
    for (const char* other : {"--plot", "--pictures", "--until"}) during->excludes(other);
}

void add_parts(CLI::App& command, SimulateSettings& settings) {
    auto* shard =
        command.add_option("--shard", settings.shard, "make one of so many equal parts of the trials, such as 3/8, for `muster merge`")
            ->type_name("I/N")
            ->check([](const std::string& text) {
                return part_of(text) ? std::string() : "'" + text + "' is no part; write the third of eight as 3/8";
            });
    for (const char* other : {"--until", "--set", "--what-if", "--against", "--together", "--during", "--pictures", "--plot"})
        shard->excludes(other);
    command.add_option("-o,--output", settings.output, "the file that a shard is written to; without it standard output")->needs(shard);
    command.add_flag("--partial", settings.partial, "on Ctrl-C tell what the trials until then say; without it nothing is told")
        ->excludes(shard)
        ->excludes("--during");
}

void add_years(CLI::App& command, SimulateSettings& settings) {
    auto* campaign =
        command.add_flag("--campaign", settings.campaign,
                         "years of disasters as likely as the plan says, --trials times (1000): availability, downtime, what is lost");
    for (const char* other : {"--until", "--against", "--shard", "--partial", "--plot", "--pictures", "--together", "--during"})
        campaign->excludes(other);
    command.add_option("--years", settings.years, "how many years each campaign goes through")
        ->needs(campaign)
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
}

}  // namespace

void add_simulate_options(CLI::App& command, SimulateSettings& settings) {
    add_common(command, settings.common);
    add_trials(command, settings.trials);
    command
        .add_option("--until", settings.until,
                    "make as many trials as it takes, at most --trials, until every P(met) is known to within this, such as 0.5%")
        ->type_name("SHARE")
        ->check([](const std::string& text) { return certainty(text) ? std::string() : "'" + text + "' is no share from 0.01% to 50%"; });
    command.add_flag("--plot", settings.plot, "as text: draw for each service when it is back");
    command
        .add_option("--pictures", settings.pictures, "write SVG files to this folder: when each service is back, and two trials in detail")
        ->type_name("DIR");
    add_comparisons(command, settings);
    add_pairs(command, settings);
    add_parts(command, settings);
    add_years(command, settings);
    command.add_flag("--no-levers", settings.no_levers, "do not try what would meet more objectives");
    command.add_flag("--allow-errors", settings.allow_errors,
                     "simulate what is left of a plan with errors of syntax or names; exits with 1");
}

}  // namespace muster::cli
