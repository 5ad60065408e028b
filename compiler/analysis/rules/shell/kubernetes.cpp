// What containers and clusters are often asked for, and do not do.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/analysis/rules/shell/mistake.h"

namespace muster::analysis::rules::shell {
namespace {

using std::string_view;

bool has_word(const ShellCommand& command, string_view word) {
    return std::any_of(command.words.begin(), command.words.end(), [&](const ShellWord& one) { return one.text == word; });
}

constexpr std::array<string_view, 6> runners{"kubectl", "oc", "docker", "podman", "docker-compose", "nerdctl"};

bool wants_terminal(string_view flag) {
    if (flag == "--tty" || flag == "--tty=true") return true;
    return flag.size() >= 2 && flag.size() <= 3 && flag[0] == '-' && flag[1] != '-' && flag.find('t') != string_view::npos &&
           flag.find_first_not_of("-it") == string_view::npos;
}

bool takes_value(string_view flag) {
    constexpr std::array<string_view, 14> all{"-n",          "-c",          "-e",        "-u",     "-w",    "-v",        "-p",
                                              "--namespace", "--container", "--context", "--user", "--env", "--workdir", "--name"};
    return std::find(all.begin(), all.end(), flag) != all.end();
}

// The flag with which `kubectl exec` and its kin ask for a terminal. What the program inside gets is its own affair.
const ShellWord* terminal_flag(const ShellCommand& command) {
    if (command.words.size() < 3 || std::find(runners.begin(), runners.end(), command.words[0].text) == runners.end()) return nullptr;
    const bool cluster = command.is("kubectl") || command.is("oc");
    const bool divided = has_word(command, "--");
    bool runs = false;
    int names = 0;
    for (std::size_t i = 1; i < command.words.size(); ++i) {
        const std::string& text = command.words[i].text;
        if (text == "--") return nullptr;
        if (text == "exec" || text == "run" || text == "attach") {
            runs = true;
            continue;
        }
        if (!text.starts_with('-')) {
            names += runs ? 1 : 0;
            if (runs && (!cluster || (!divided && names > 1))) return nullptr;
            continue;
        }
        if (runs && wants_terminal(text)) return &command.words[i];
        if (takes_value(text)) ++i;
    }
    return nullptr;
}

// A command that asks a question before it does anything.
const ShellWord* question(const ShellCommand& command) {
    const auto has = [&](string_view word) { return has_word(command, word); };
    if (command.is("terraform") && (has("apply") || has("destroy")) && !has("-auto-approve") && !has("--auto-approve") &&
        command.words.size() == 2)
        return &command.words[1];
    if (command.is("kubectl") && command.words.size() > 1 && command.words[1].text == "edit") return &command.words[1];
    if ((command.is("apt-get") || command.is("apt") || command.is("yum")) && has("install") && !has("-y") && !has("-qy") && !has("-yq") &&
        !has("--yes") && !has("--assume-yes"))
        return &command.words[0];
    return nullptr;
}

bool is_mutable(string_view tag) {
    constexpr std::array<string_view, 6> tags{"latest", "stable", "main", "master", "edge", "nightly"};
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

// `repo/name:latest`, or `image.tag=stable` of helm.
bool names_mutable_image(string_view text) {
    if (text.find("@sha256:") != string_view::npos || text.find("://") != string_view::npos) return false;
    const std::size_t colon = text.rfind(':');
    if (colon != string_view::npos && colon > 0 && is_mutable(text.substr(colon + 1))) return true;
    const std::size_t tag = text.find("tag=");
    if (tag == string_view::npos) return false;
    const string_view value = text.substr(tag + 4);
    return is_mutable(value.substr(0, value.find(',')));
}

bool deploys(const ShellCommand& command) {
    if (has_word(command, "build") || has_word(command, "tag") || has_word(command, "push") || has_word(command, "rmi")) return false;
    return command.is("helm") || std::any_of(runners.begin(), runners.end(), [&](string_view one) { return command.is(one); });
}

bool in_full(const ShellCommand& command) {
    return std::any_of(command.words.begin(), command.words.end(), [](const ShellWord& word) {
        const string_view text = word.text;
        return text == "yaml" || text == "json" || text == "-oyaml" || text == "-ojson" || text.ends_with("=yaml") ||
               text.ends_with("=json");
    });
}

bool is_kept(const Reading& reading, const ShellCommand& command) {
    if (reading.part.role == ShellPart::Role::backup) return true;
    const auto& all = reading.part.read.commands;
    return std::any_of(all.begin(), all.end(),
                       [&](const ShellCommand& other) { return other.pipeline == command.pipeline && !other.writes.empty(); });
}

}  // namespace

void asks_nobody(const Reading& reading, std::vector<Found>& found) {
    for (const ShellCommand& command : reading.part.read.commands) {
        const ShellWord* flag = terminal_flag(command);
        const bool fed = command.reads_pipe || !command.reads.empty();
        if (flag != nullptr && (!reading.part.attended || fed))
            found.push_back({flag->begin,
                             flag->end,
                             fmt::format("`{}` asks for a terminal", flag->text),
                             "leave `-t` out: `-i` alone passes on what is piped in",
                             {}});
        const ShellWord* asked = reading.part.attended ? nullptr : question(command);
        if (asked != nullptr)
            found.push_back({asked->begin,
                             asked->end,
                             fmt::format("`{}` asks before it does anything", asked->text),
                             "give it the option by which it does not ask",
                             {}});
    }
}

void mutable_image(const Reading& reading, std::vector<Found>& found) {
    for (const ShellCommand& command : reading.part.read.commands) {
        if (!deploys(command)) continue;
        for (const ShellWord& word : command.words)
            if (names_mutable_image(word.text))
                found.push_back({word.begin,
                                 word.end,
                                 fmt::format("`{}`", word.text),
                                 "name a version that nobody moves, best by digest: `name@sha256:…`",
                                 {}});
    }
}

void get_all_as_backup(const Reading& reading, std::vector<Found>& found) {
    for (const ShellCommand& command : reading.part.read.commands) {
        const auto kubectl = command.calls("kubectl");
        if (!kubectl || !in_full(command) || !is_kept(reading, command)) continue;
        for (std::size_t i = *kubectl + 2; i < command.words.size(); ++i)
            if (command.words[i].text == "all" && command.words[i - 1].text == "get")
                found.push_back(
                    {command.words[i - 1].begin,
                     command.words[i].end,
                     "`get all`",
                     "name every kind that has to come back, or keep the manifests in version control and apply them from there",
                     {}});
    }
}

}  // namespace muster::analysis::rules::shell
