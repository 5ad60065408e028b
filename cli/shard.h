// Parts of a simulation as files.
#pragma once

#include <optional>
#include <string>

#include "cli/input.h"
#include "simulator/shard_json.h"

namespace muster::cli {

/// "3/8": the third of eight parts, of at most 1'000'000. Nothing for anything else.
[[nodiscard]] std::optional<simulator::Part> part_of(const std::string& text);

/// Makes that part of the trials and writes it to the file `output`, whole or not at all, or to standard output where that is empty.
/// Returns the exit code.
[[nodiscard]] int write_shard(const Input& input, const simulator::Options& options, simulator::Part part, const std::string& output,
                              const simulator::Progress& progress);

}  // namespace muster::cli
