// The command line: what every command understands.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "compiler/analysis/calendar.h"
#include "compiler/diagnostics/findings.h"

namespace muster::cli {

/// What `muster` answers to its caller.
namespace exit_code {
inline constexpr int fine = 0;
inline constexpr int findings = 1;  ///< findings at or above --fail-on, an objective missed, a difference under --check
inline constexpr int trouble = 2;   ///< wrong usage, unreadable input, cannot write
inline constexpr int bug = 3;       ///< Muster itself is at fault
}  // namespace exit_code

/// The version that `muster --version` prints and documents carry.
[[nodiscard]] std::string version();

/// Options that every command which reads a plan has.
struct Common {
    std::string path = ".";
    std::string format = "text";
    std::string fail_on = "error";
    std::string as_of;  ///< ISO date; empty: today
    std::string color = "auto";
    bool quiet = false;
    std::size_t limit = 0;               ///< the most findings that are shown as text; 0: all
    std::string config;                  ///< the configuration file; empty: the one that is found
    bool isolated = false;               ///< none is looked for
    diagnostics::Severities severities;  ///< what the configuration makes of codes
    std::vector<std::string> what_ifs;   ///< names of what-ifs of the plan, to be applied one after the other
    std::vector<std::string> sets;       ///< changes in the language of `whatif`, to be applied after these

    /// Whether the plan is to be compared with itself as it would be.
    [[nodiscard]] bool changes_plan() const { return !what_ifs.empty() || !sets.empty(); }

    /// Midnight UTC at the start of the day that every rule and schedule counts from.
    [[nodiscard]] analysis::Instant instant() const;
    /// The least severity of --fail-on; nothing where no finding makes the command fail.
    [[nodiscard]] std::optional<diagnostics::Severity> failing_from() const;
    /// Whether to colour what goes to standard output.
    [[nodiscard]] bool coloured() const;
};

/// The date of a midnight in UTC, as --as-of takes it.
[[nodiscard]] std::string iso_date(analysis::Instant midnight);

/// Adds what names the plan, and --quiet: for a command that looks at the plan alone and judges nothing.
void add_path(CLI::App& command, Common& common);

/// Adds --color and --quiet.
void add_look(CLI::App& command, Common& common);

/// Adds --as-of.
void add_as_of(CLI::App& command, Common& common);

/// Adds the options of `common` to `command`, but for --format.
void add_shared(CLI::App& command, Common& common);

/// Adds the options of `common` to `command`, with the `formats` that it can print.
void add_common(CLI::App& command, Common& common, std::vector<std::string> formats = {"text", "json"});

/// The command called `name`, hidden ones too; null where there is none.
[[nodiscard]] const CLI::App* command_called(const CLI::App& app, const std::string& name);

/// What to say where no command is called `name`: the one that was probably meant.
[[nodiscard]] std::string unknown_command(const CLI::App& app, const std::string& name);

/// The option that was probably meant by the first one that nobody knows; nothing where all are known.
[[nodiscard]] std::optional<std::string> meant_option(const CLI::App& app);

/// A command: registers itself on the application and, when it is chosen, sets `run` to what it does.
using Run = std::function<int()>;
void add_check(CLI::App& app, Run& run);
void add_estimate(CLI::App& app, Run& run);
void add_mend(CLI::App& app, Run& run);
void add_simulate(CLI::App& app, Run& run);
void add_merge(CLI::App& app, Run& run);
void add_test(CLI::App& app, Run& run);
void add_compile(CLI::App& app, Run& run);
void add_record(CLI::App& app, Run& run);
void add_review(CLI::App& app, Run& run);
void add_diff(CLI::App& app, Run& run);
void add_graph(CLI::App& app, Run& run);
void add_export(CLI::App& app, Run& run);
void add_fmt(CLI::App& app, Run& run);
void add_completion(CLI::App& app, Run& run);
void add_help(CLI::App& app, Run& run);
void add_man(CLI::App& app, Run& run);
void add_explain(CLI::App& app, Run& run);

}  // namespace muster::cli
