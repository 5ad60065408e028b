// The options of commands that simulate.
#pragma once

#include "cli/options.h"
#include "simulator/simulate.h"

namespace muster::cli {

/// How many trials are made, and how.
struct Trials {
    simulator::Options options;
    bool no_progress = false;
    CLI::Option* number = nullptr;  ///< --trials, to see whether it was given
};

/// Adds --trials, --seed, --threads and --no-progress to `command`.
void add_trials(CLI::App& command, Trials& trials);

/// Shows how far it is on standard error, where that is a terminal and nobody wants it quiet.
[[nodiscard]] simulator::Progress progress(const Trials& trials, const Common& common);

}  // namespace muster::cli
