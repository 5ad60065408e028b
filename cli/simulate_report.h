// What `simulate` and `merge` say of a result, and what they answer to their caller.
#pragma once

#include "cli/input.h"
#include "simulator/report_json.h"

namespace muster::cli {

/// Whether any objective is met in fewer than 95 % of the trials: what a 95th percentile promises.
[[nodiscard]] bool misses_objective(const simulator::Result& result);

/// How a result is to be told.
struct Telling {
    const simulator::WhatIf* what_if = nullptr;  ///< what a change does, where one was asked for
    const simulator::Result* judged = nullptr;   ///< the result that decides the exit code; null: the one that is told
    const simulator::Options* levers = nullptr;  ///< with which options levers are tried; null: none is
    bool plot = false;                           ///< as text: with a picture of each service
};

/// Prints `result` in the form that `common` asks for, unless quiet. The exit code is that of what is judged.
[[nodiscard]] int report(const Input& input, const simulator::Result& result, const Common& common, const Telling& telling);

}  // namespace muster::cli
