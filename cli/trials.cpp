#include "cli/trials.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace muster::cli {
namespace {

simulator::Progress bar() {
    if (isatty(STDERR_FILENO) == 0) return {};
    return [last = std::uint64_t{101}](std::uint64_t done, std::uint64_t total) mutable {
        const std::uint64_t percent = done * 100 / std::max<std::uint64_t>(total, 1);
        if (percent == last) return;
        last = percent;
        const std::size_t filled = percent * 40 / 100;
        fmt::print(stderr, "\r[{}{}] {:>3}% of {} trials", std::string(filled, '#'), std::string(40 - filled, '.'), percent, total);
        if (done == total) fmt::print(stderr, "\r\x1b[K");
        std::fflush(stderr);
    };
}

}  // namespace

void add_trials(CLI::App& command, Trials& trials) {
    trials.number = command.add_option("--trials", trials.options.trials, "trials of each scenario")
                        ->check(CLI::Range(1, 1'000'000'000))
                        ->capture_default_str();
    command.add_option("--seed", trials.options.seed, "the same seed makes the same result")->capture_default_str();
    command.add_option("--threads", trials.options.threads, "0: as many as the machine has; the result does not depend on it")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    command.add_flag("--no-progress", trials.no_progress, "no progress bar");
}

simulator::Progress progress(const Trials& trials, const Common& common) {
    return trials.no_progress || common.quiet ? simulator::Progress{} : bar();
}

}  // namespace muster::cli
