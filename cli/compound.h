// `simulate --together A,B` and `--during A,B`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/input.h"
#include "simulator/simulate.h"

namespace muster::cli {

/// The two scenarios that `names` are of; complains and gives nothing where these are not two, or one of them is unknown.
[[nodiscard]] std::optional<std::pair<support::Id<model::Scenario>, support::Id<model::Scenario>>> two_scenarios(
    const model::Plan& plan, const std::vector<std::string>& names);

/// The plan of `input` with one scenario more, its last: both at the same moment.
[[nodiscard]] Input with_both(Input input, support::Id<model::Scenario> a, support::Id<model::Scenario> b);

/// Tells what the two scenarios come to, each alone and with `b` in the middle of the recovery from `a`. The exit code is that of each
/// alone.
[[nodiscard]] int tell_during(const Input& input, const Common& common, simulator::Options options, support::Id<model::Scenario> a,
                              support::Id<model::Scenario> b);

}  // namespace muster::cli
