// muster.yaml: what a team sets once.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "compiler/diagnostics/findings.h"
#include "compiler/support/result.h"

namespace muster::cli {

/// What a configuration file says; what it does not say is empty.
struct Config {
    std::map<std::string, std::string> options;  ///< values of options that the command line may still override, by name: `--fail-on`
    diagnostics::Severities severities;
};

/// Reads the configuration in `text`, the content of the file that messages call `path`. Fails on what is no YAML, on a key that Muster
/// does not know, and on a value that does not fit, with the place.
[[nodiscard]] support::Result<Config> read_config(const std::string& text, const std::string& path);

/// The muster.yaml that holds for the plan at `plan`: in its folder, or the nearest folder above. Standard input is in the folder that
/// one stands in. Nothing where there is none.
[[nodiscard]] std::optional<std::filesystem::path> find_config(const std::filesystem::path& plan);

/// Adds --config and --isolated to `command`, and has the file that holds set what the command line leaves open: options of `command`
/// where it has them, and `common.severities`.
void add_config(CLI::App& command, Common& common);

/// Thrown while the command line is read where the configuration cannot be used; `what` is the complaint.
struct Misconfigured : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace muster::cli
