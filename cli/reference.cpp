#include "cli/reference.h"

#include <algorithm>

#include "compiler/diagnostics/message.h"

namespace muster::cli {
namespace {

// The parser shows the words that an option takes as `{a,b}` behind the name of its type.
std::vector<std::string> choices_in(const std::string& type) {
    const auto open = type.find('{'), close = type.rfind('}');
    if (open == std::string::npos || close == std::string::npos || close < open) return {};
    return CLI::detail::split(type.substr(open + 1, close - open - 1), ',');
}

// What can stand there though no check says so.
std::vector<std::string> known_words(const std::string& name, const CLI::App& app) {
    std::vector<std::string> words;
    if (name == "COMMAND")
        for (const CLI::App* command : app.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); }))
            words.push_back(command->get_name());
    if (name == "CODE")
        for (const auto& entry : diagnostics::registry())
            for (const auto word : {entry.code, entry.name}) words.emplace_back(word);
    return words;
}

// What stands behind the colon is the name that a check gives to what it lets pass, unless it is a list of words.
std::string value_of(const CLI::Option& option) {
    std::string type = option.get_type_name();
    const auto colon = type.find(':');
    if (colon != std::string::npos) type = type[colon + 1] == '{' ? type.substr(0, colon) : type.substr(colon + 1);
    type = type.substr(0, type.find_first_of("{ "));
    return type.empty() ? "VALUE" : type;
}

Argument argument_of(const CLI::Option& option, const CLI::App& app) {
    Argument out;
    out.positional = option.get_positional() && !option.nonpositional();
    out.description = option.get_description();
    out.required = option.get_required();
    for (const auto& name : option.get_lnames()) out.names.push_back("--" + name);
    for (const auto& name : option.get_snames()) out.names.push_back("-" + name);
    if (out.positional) out.names = {option.get_name()};
    if (option.get_expected_min() == 0) return out;
    out.value = value_of(option);
    out.choices = choices_in(option.get_type_name());
    if (out.positional && out.choices.empty()) out.choices = known_words(option.get_name(), app);
    out.preset = option.get_default_str();
    return out;
}

Command command_of(const CLI::App& command, const std::string& name, const CLI::App& app) {
    Command out{name, command.get_description(), {}};
    for (const CLI::Option* option : command.get_options())
        if (!option->get_group().empty()) out.arguments.push_back(argument_of(*option, app));
    return out;
}

}  // namespace

std::vector<Command> reference_of(const CLI::App& app) {
    std::vector<Command> all{command_of(app, "muster", app)};
    for (const CLI::App* command : app.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); }))
        all.push_back(command_of(*command, command->get_name(), app));
    return all;
}

}  // namespace muster::cli
