// What the command line understands, as its parser knows it: for help, man pages and completion, which are never out of date then.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace muster::cli {

/// An option, a flag or a positional argument of a command.
struct Argument {
    std::vector<std::string> names;    ///< `--quiet`, `-q`, long ones first; of a positional argument its name alone, `PATH`
    std::string value;                 ///< what it takes, `FORMAT`; empty for a flag
    std::vector<std::string> choices;  ///< the words that it takes, where it takes only these
    std::string preset;                ///< what holds where it is not given; empty where that goes without saying
    std::string description;
    bool positional = false;
    bool required = false;
};

/// A command, or for the name "muster" what stands before one.
struct Command {
    std::string name;
    std::string description;
    std::vector<Argument> arguments;
};

/// Everything before a command, then every command that is not hidden, in the order in which they were added.
[[nodiscard]] std::vector<Command> reference_of(const CLI::App& app);

/// A line to type, and what it is good for.
struct Example {
    std::string line;
    std::string purpose;
};

/// Examples for `command`.
[[nodiscard]] std::vector<Example> examples_of(const std::string& command);

/// Lets the help of every command end with its examples.
void add_examples(CLI::App& app);

/// The script that completes command lines of muster in `shell`: bash, zsh or fish.
[[nodiscard]] std::string completion_for(const std::string& shell, const std::vector<Command>& reference);

/// The man page, muster.1, in roff.
[[nodiscard]] std::string man_page(const std::vector<Command>& reference, const std::string& version);

}  // namespace muster::cli
