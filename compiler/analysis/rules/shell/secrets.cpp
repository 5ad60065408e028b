// Secrets that a text shows, and secrets that it writes where anybody reads them.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/analysis/rules/shell/mistake.h"

namespace muster::analysis::rules::shell {
namespace {

using std::string_view;

constexpr string_view keep_it_elsewhere = "declare a `secret` and let the text read it when it is run, from a file or from the environment";

std::string lower(string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool names_a_secret(string_view name) {
    const std::string low = lower(name);
    constexpr std::array<string_view, 7> ends{"password", "passwd", "passphrase", "secret", "token", "api_key", "secret_access_key"};
    return std::any_of(ends.begin(), ends.end(), [&](string_view end) { return low.ends_with(end); });
}

// `<password>` and `xxx` stand for something, and a path leads to it.
bool is_value(string_view value) {
    if (value.size() < 3 || value.find('$') != string_view::npos || value.find('`') != string_view::npos) return false;
    if (value.front() == '<' || value.front() == '/' || value.front() == '{') return false;
    return value.find_first_not_of("xX*.") != string_view::npos;
}

void add(const ShellWord& word, std::string what, std::vector<Found>& found) {
    found.push_back({word.begin, word.end, std::move(what), std::string(keep_it_elsewhere), {}});
}

void look_at_assignment(const ShellWord& word, std::vector<Found>& found) {
    const std::size_t equals = word.text.find('=');
    if (equals == std::string::npos || word.text.starts_with('-')) return;
    const string_view name = string_view(word.text).substr(0, equals);
    if (names_a_secret(name) && is_value(string_view(word.text).substr(equals + 1)))
        add(word, fmt::format("the value of `{}`", name), found);
}

void look_at_option(const ShellWord& word, std::vector<Found>& found) {
    string_view text = word.text;
    if (text.starts_with("--from-literal=")) text.remove_prefix(std::string("--from-literal=").size());
    else if (!text.starts_with("--")) return;
    const std::size_t equals = text.find('=');
    if (equals == string_view::npos) return;
    const string_view name = text.substr(0, equals);
    if (names_a_secret(name) && is_value(text.substr(equals + 1))) add(word, fmt::format("what follows `{}=`", name), found);
}

// `postgres://user:password@host`
void look_at_address(const ShellWord& word, std::vector<Found>& found) {
    const std::size_t scheme = word.text.find("://");
    if (scheme == std::string::npos) return;
    string_view rest = string_view(word.text).substr(scheme + 3);
    rest = rest.substr(0, rest.find('/'));
    const std::size_t at = rest.rfind('@');
    if (at == string_view::npos) return;
    const std::size_t colon = rest.find(':');
    if (colon != string_view::npos && colon < at && is_value(rest.substr(colon + 1, at - colon - 1)))
        add(word, "the password in an address", found);
}

void look_at_header(const ShellWord& word, std::vector<Found>& found) {
    const std::string low = lower(word.text);
    const std::size_t bearer = low.find("authorization: bearer ");
    if (bearer != std::string::npos && is_value(string_view(word.text).substr(bearer + 22))) add(word, "the token in a header", found);
}

struct Short {
    string_view program;
    string_view option;
    bool joined;  // `-pVALUE` rather than `-p VALUE`
};
constexpr std::array<Short, 9> shorts{{{"mysql", "-p", true},
                                       {"mysqldump", "-p", true},
                                       {"mysqladmin", "-p", true},
                                       {"redis-cli", "-a", false},
                                       {"sshpass", "-p", false},
                                       {"mongodump", "-p", false},
                                       {"mongorestore", "-p", false},
                                       {"mongosh", "-p", false},
                                       {"curl", "-u", false}}};

void look_at_short(const ShellCommand& command, const Short& one, std::vector<Found>& found) {
    const auto program = command.calls(one.program);
    if (!program) return;
    for (std::size_t i = *program + 1; i < command.words.size(); ++i) {
        const ShellWord& word = command.words[i];
        const bool joined = one.joined && word.text.starts_with(one.option) && word.text.size() > 2;
        const bool apart = !one.joined && command.words[i - 1].text == one.option;
        string_view value = joined ? string_view(word.text).substr(2) : string_view(word.text);
        if (one.program == "curl") value = value.find(':') == string_view::npos ? "" : value.substr(value.find(':') + 1);
        if ((joined || apart) && is_value(value)) add(word, fmt::format("what follows `{} {}`", one.program, one.option), found);
    }
}

bool only_speaks(const ShellCommand& command) { return command.is("echo") || command.is("printf") || command.is("logger"); }

bool encrypts(const ShellCommand& command) {
    constexpr std::array<string_view, 7> programs{"gpg", "gpg2", "age", "sops", "kubeseal", "openssl", "ansible-vault"};
    return std::any_of(programs.begin(), programs.end(), [&](string_view program) { return command.calls(program).has_value(); });
}

// The word that asks for secrets among those of a `kubectl get … -o yaml`.
const ShellWord* secrets_asked_for(const ShellCommand& command) {
    const auto at = command.calls("kubectl");
    if (!at || command.words.size() < *at + 3) return nullptr;
    const ShellWord* asked = nullptr;
    bool get = false, in_full = false;
    for (std::size_t i = *at + 1; i < command.words.size(); ++i) {
        const std::string& text = command.words[i].text;
        get = get || text == "get";
        in_full = in_full || text.find("yaml") != std::string::npos || text.find("json") != std::string::npos;
        const std::string listed = "," + text + ",";
        const bool names = listed.find(",secret,") != std::string::npos || listed.find(",secrets,") != std::string::npos;
        if (get && asked == nullptr && (names || text.starts_with("secret/"))) asked = &command.words[i];
    }
    return in_full ? asked : nullptr;
}

bool leads_to_file(const ShellCommand& command) {
    return std::any_of(command.writes.begin(), command.writes.end(), [](const ShellWord& word) { return word.text != "/dev/null"; });
}

}  // namespace

void secret_in_clear(const Reading& reading, std::vector<Found>& found) {
    for (const ShellCommand& command : reading.part.read.commands) {
        for (const ShellWord& word : command.assignments) look_at_assignment(word, found);
        if (only_speaks(command)) continue;
        for (const ShellWord& word : command.words) {
            if (command.is("export") || command.is("env") || command.is("declare")) look_at_assignment(word, found);
            look_at_option(word, found);
            look_at_address(word, found);
            look_at_header(word, found);
        }
        for (const Short& one : shorts) look_at_short(command, one, found);
    }
}

void secrets_written_out(const Reading& reading, std::vector<Found>& found) {
    const auto& commands = reading.part.read.commands;
    for (const ShellCommand& command : commands) {
        const ShellWord* asked = secrets_asked_for(command);
        if (asked == nullptr) continue;
        bool written = false, encrypted = false;
        for (const ShellCommand& other : commands)
            if (other.pipeline == command.pipeline) {
                written = written || leads_to_file(other) || other.is("tee") || other.is("aws") || other.is("gsutil");
                encrypted = encrypted || encrypts(other);
            }
        if (written && !encrypted)
            found.push_back(
                {asked->begin,
                 asked->end,
                 fmt::format("`{}`", asked->text),
                 "send it through `gpg`, `age` or `sops` on the way to the file, or leave the secrets to the store that they are from",
                 {}});
    }
}

}  // namespace muster::analysis::rules::shell
