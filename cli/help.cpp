// `muster help COMMAND`, and the hidden `muster man`.

#include <fmt/format.h>

#include <memory>

#include "cli/options.h"
#include "cli/output.h"
#include "cli/reference.h"
#include "compiler/support/suggest.h"

namespace muster::cli {
namespace {

int help(const CLI::App& app, const std::string& name) {
    if (name.empty())
        return print(app.get_formatter()->make_help(&app, "muster", CLI::AppFormatMode::Normal)) ? exit_code::fine : exit_code::trouble;
    if (const CLI::App* command = command_called(app, name)) return print(command->help("muster")) ? exit_code::fine : exit_code::trouble;
    complain(unknown_command(app, name));
    return exit_code::trouble;
}

}  // namespace

const CLI::App* command_called(const CLI::App& app, const std::string& name) {
    const auto found = app.get_subcommands([&](const CLI::App* one) { return one->get_name() == name; });
    return found.empty() ? nullptr : found.front();
}

std::string unknown_command(const CLI::App& app, const std::string& name) {
    std::vector<std::string> names;
    for (const Command& command : reference_of(app))
        if (command.name != "muster") names.push_back(command.name);
    const auto near = support::closest(name, names);
    return fmt::format("there is no command called {}; {}", name, near ? "did you mean " + *near + "?" : "`muster help` shows all");
}

std::optional<std::string> meant_option(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands())
        for (const CLI::Option* option : command->get_options())
            for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& word : app.remaining(true))
        if (word.starts_with("--")) return support::closest(word.substr(0, word.find('=')), names);
    return std::nullopt;
}

void add_help(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("help", "the options of a command, with examples");
    auto name = std::make_shared<std::string>();
    command->add_option("COMMAND", *name, "the command; without one, all of them");
    command->callback([&app, &run, name] { run = [&app, name] { return help(app, *name); }; });
}

void add_man(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("man", "the man page, muster.1")->group("");
    command->callback(
        [&app, &run] { run = [&app] { return print(man_page(reference_of(app), version())) ? exit_code::fine : exit_code::trouble; }; });
}

}  // namespace muster::cli
