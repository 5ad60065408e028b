// `muster completion SHELL`, and the scripts that it prints.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "cli/options.h"
#include "cli/output.h"
#include "cli/reference.h"

namespace muster::cli {
namespace {

// What an argument takes besides fixed words.
bool takes_file(const Argument& argument) {
    return argument.choices.empty() &&
           (argument.value == "FILE" || argument.names.front() == "PATH" || argument.names.front() == "--output" ||
            argument.names.front() == "OLD" || argument.names.front() == "NEW");
}

std::vector<std::string> option_names(const Command& command) {
    std::vector<std::string> names;
    for (const Argument& argument : command.arguments)
        if (!argument.positional) names.insert(names.end(), argument.names.begin(), argument.names.end());
    return names;
}

std::vector<std::string> command_names(const std::vector<Command>& reference) {
    std::vector<std::string> names;
    for (const Command& command : reference)
        if (command.name != "muster") names.push_back(command.name);
    return names;
}

// All of it stands in single quotes, in which bash and zsh know no escapes.
std::string quoted(std::string text) {
    for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 4) text.replace(at, 1, "'\\''");
    return "'" + text + "'";
}

// ---- bash

std::string bash_values(const Command& command, const Argument& argument) {
    std::vector<std::string> places;
    for (const std::string& name : argument.names) places.push_back(fmt::format("'{} {}'", command.name, name));
    const std::string what = !argument.choices.empty()
                                 ? fmt::format("words={}", quoted(fmt::format("{}", fmt::join(argument.choices, " "))))
                             : takes_file(argument) ? "files=1"
                                                    : ":";
    return fmt::format("    {}) {} ;;\n", fmt::join(places, " | "), what);
}

std::string bash_command(const Command& command) {
    std::string words;
    bool files = false;
    for (const Argument& argument : command.arguments) {
        if (!argument.positional) continue;
        words += fmt::format("{} ", fmt::join(argument.choices, " "));
        files = files || takes_file(argument);
    }
    return fmt::format("        {}) options={} words={} files={} ;;\n", command.name,
                       quoted(fmt::format("{}", fmt::join(option_names(command), " "))), quoted(CLI::detail::trim(words)),
                       files ? "1" : "''");
}

std::string bash(const std::vector<Command>& reference) {
    std::string values, commands;
    for (const Command& command : reference) {
        for (const Argument& argument : command.arguments)
            if (!argument.positional && !argument.value.empty()) values += bash_values(command, argument);
        if (command.name != "muster") commands += bash_command(command);
    }
    const std::string names = fmt::format("{}", fmt::join(command_names(reference), " "));
    return fmt::format(R"(# Completion of muster for bash: source it, or put it into /usr/share/bash-completion/completions/muster.
_muster() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" before="" command=muster options='' words='' files='' i
  ((COMP_CWORD > 0)) && before="${{COMP_WORDS[COMP_CWORD - 1]}}"
  # bash takes --format=json for three words.
  [[ "$word" = "=" ]] && word=""
  [[ "$before" = "=" ]] && before="${{COMP_WORDS[COMP_CWORD - 2]}}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "${{COMP_WORDS[i]}}" in
      {4})
        command="${{COMP_WORDS[i]}}"
        break
        ;;
    esac
  done
  case "$command $before" in
{1}    *)
      case "$command" in
        muster) options={2} words='{0}' ;;
{3}      esac
      ;;
  esac
  [[ "$word" = -* ]] && words="$options" files=''
  mapfile -t COMPREPLY < <(
    compgen -W "$words" -- "$word"
    [[ -z "$files" ]] || compgen -f -- "$word"
  )
}}
complete -o filenames -F _muster muster
)",
                       names, values, quoted(fmt::format("{}", fmt::join(option_names(reference.front()), " "))), commands,
                       fmt::join(command_names(reference), " | "));
}

// ---- zsh

// What stands between the brackets and colons of an `_arguments` specification.
std::string zsh_escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (std::string_view("[]:\\").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

std::string zsh_value(const Argument& argument) {
    if (argument.value.empty()) return "";
    const std::string what = !argument.choices.empty() ? fmt::format("({})", fmt::join(argument.choices, " "))
                             : takes_file(argument)    ? "_files"
                                                       : "";
    return fmt::format(":{}:{}", zsh_escaped(argument.positional ? argument.names.front() : argument.value), what);
}

std::string zsh_arguments(const Command& command) {
    std::string out = "_arguments -s";
    for (const Argument& argument : command.arguments) {
        if (argument.positional) out += fmt::format(" \\\n        {}", quoted("*" + zsh_value(argument)));
        else
            for (const std::string& name : argument.names)
                out += fmt::format(" \\\n        {}",
                                   quoted(fmt::format("*{}[{}]{}", name, zsh_escaped(argument.description), zsh_value(argument))));
    }
    return out;
}

std::string zsh(const std::vector<Command>& reference) {
    std::string names, cases;
    for (const Command& command : reference) {
        if (command.name == "muster") continue;
        names += fmt::format("    {}\n", quoted(zsh_escaped(command.name) + ":" + command.description));
        cases += fmt::format("    {})\n      {}\n      ;;\n", command.name, zsh_arguments(command));
    }
    return fmt::format(R"(#compdef muster
# Completion of muster for zsh: put it as _muster into a folder of $fpath.
_muster() {{
  local -a commands
  commands=(
{}  )
  if ((CURRENT == 2)); then
    [[ "$words[CURRENT]" = -* ]] || _describe -t commands command commands
    {}
    return
  fi
  local command="$words[2]"
  shift words
  ((CURRENT--))
  case "$command" in
{}  esac
}}
if [[ "$funcstack[1]" = _muster ]]; then _muster "$@"; else compdef _muster muster; fi
)",
                       names, zsh_arguments(reference.front()), cases);
}

// ---- fish

std::string fish_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

std::string fish_names(const Argument& argument) {
    std::string out;
    for (const std::string& name : argument.names) out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    return out;
}

std::string fish_argument(const std::string& condition, const Argument& argument) {
    std::string line = fmt::format("complete -c muster -n {}", fish_quoted(condition));
    if (!argument.positional) line += fish_names(argument);
    if (!argument.positional && !argument.value.empty()) line += takes_file(argument) ? " -r -F" : " -x";
    if (argument.positional && takes_file(argument)) line += " -F";
    if (!argument.choices.empty()) line += fmt::format(" -a {}", fish_quoted(fmt::format("{}", fmt::join(argument.choices, " "))));
    return line + fmt::format(" -d {}\n", fish_quoted(argument.description));
}

std::string fish(const std::vector<Command>& reference) {
    std::string out = "# Completion of muster for fish: put it as muster.fish into ~/.config/fish/completions.\ncomplete -c muster -f\n";
    for (const Command& command : reference) {
        const bool top = command.name == "muster";
        if (!top)
            out += fmt::format("complete -c muster -n __fish_use_subcommand -a {} -d {}\n", command.name, fish_quoted(command.description));
        const std::string condition = top ? "__fish_use_subcommand" : "__fish_seen_subcommand_from " + command.name;
        for (const Argument& argument : command.arguments) out += fish_argument(condition, argument);
    }
    return out;
}

}  // namespace

std::string completion_for(const std::string& shell, const std::vector<Command>& reference) {
    if (shell == "zsh") return zsh(reference);
    return shell == "fish" ? fish(reference) : bash(reference);
}

void add_completion(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand("completion", "a script that completes command lines of muster");
    auto shell = std::make_shared<std::string>();
    command->add_option("SHELL", *shell, "the shell that reads it")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command->callback([&app, &run, shell] {
        run = [&app, shell] { return print(completion_for(*shell, reference_of(app))) ? exit_code::fine : exit_code::trouble; };
    });
}

}  // namespace muster::cli
