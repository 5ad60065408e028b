// What can be asked of `simulate`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/trials.h"

namespace muster::cli {

struct SimulateSettings {
    Common common;
    Trials trials;
    std::string until;
    std::string against;
    std::string shard;
    std::string output;
    bool partial = false;
    bool no_levers = false;
    bool allow_errors = false;
    bool plot = false;
    std::string pictures;
    bool campaign = false;
    std::uint64_t years = 10;
    std::vector<std::string> together;
    std::vector<std::string> during;
};

/// "0.5%" in (0 %, 50 %], as the language writes shares; nothing for anything else.
[[nodiscard]] std::optional<model::Percent> certainty(std::string text);

/// Adds every option of `simulate` to `command`. `settings` has to outlive it.
void add_simulate_options(CLI::App& command, SimulateSettings& settings);

}  // namespace muster::cli
