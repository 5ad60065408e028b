// Names of files: made twice where once was meant, and read where nothing is written.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "compiler/analysis/rules/shell/mistake.h"

namespace muster::analysis::rules::shell {
namespace {

using std::string_view;

bool only_speaks(const ShellCommand& command) { return command.is("echo") || command.is("printf") || command.is("logger"); }

string_view last_part(string_view path) {
    const std::size_t call = path.find("$(");
    const std::size_t slash = path.substr(0, call).rfind('/');
    return slash == string_view::npos ? path : path.substr(slash + 1);
}

// A moment of less than a day, as part of a name: `dump_$(date +%H%M%S).sql`.
std::optional<std::string> name_with_moment(const ShellWord& word) {
    string_view text = word.text;
    if (const std::size_t equals = text.find('='); equals != string_view::npos && equals < text.find("$(")) text.remove_prefix(equals + 1);
    const std::size_t call = text.find("$(date");
    if (call == string_view::npos) return std::nullopt;
    const std::size_t end = text.find(')', call);
    if (end == string_view::npos || end + 1 - call == text.size()) return std::nullopt;
    const string_view format = text.substr(call, end - call);
    for (const string_view field : {"%H", "%M", "%S", "%s", "%T", "%N", "%X"})
        if (format.find(field) != string_view::npos) {
            const std::size_t ending = text.find_first_of("./ ", end);
            return std::string(last_part(text.substr(0, ending == string_view::npos ? text.size() : ending)));
        }
    return std::nullopt;
}

std::vector<const ShellWord*> words_of(const ShellCommand& command) {
    std::vector<const ShellWord*> all;
    for (const auto* list : {&command.assignments, &command.words, &command.writes, &command.reads})
        for (const ShellWord& word : *list) all.push_back(&word);
    return all;
}

// What is read back from a copy: the places that a restoring command names.
std::vector<const ShellWord*> places_read(const ShellCommand& command) {
    std::vector<const ShellWord*> all;
    for (const ShellWord& word : command.reads) all.push_back(&word);
    for (const string_view program :
         {"pg_restore", "gunzip", "zcat", "gzip", "tar", "psql", "mongorestore", "mysql", "aws", "gsutil", "cat", "cp"}) {
        const auto at = command.calls(program);
        if (!at || command.words.size() < *at + 2) continue;
        const bool copies = program == "aws" || program == "gsutil" || program == "cp";
        const std::size_t end = copies ? command.words.size() - 1 : command.words.size();
        for (std::size_t i = *at + 1; i < end; ++i) all.push_back(&command.words[i]);
        break;
    }
    return all;
}

bool is_bucket(string_view text) { return text.starts_with("s3://") || text.starts_with("gs://"); }

// Where no backup is kept, whatever a text writes there.
bool is_passing(string_view folder) {
    constexpr std::array<string_view, 7> all{"/tmp", "/run", "/etc", "/dev", "/proc", "/usr", "/bin"};
    return std::find(all.begin(), all.end(), folder) != all.end();
}

// `s3://bucket`, `/backups` or `/var/backups`: what a place lies under. Nothing where that is known only when it is run.
std::optional<std::string> root_of(string_view text) {
    const std::size_t from = is_bucket(text) ? 5 : text.starts_with("/var/") ? 5 : text.starts_with('/') ? 1 : string_view::npos;
    if (from == string_view::npos) return std::nullopt;
    const string_view root = text.substr(0, text.find('/', from));
    const bool known = root.size() > from && root.find_first_of("$`*?<") == string_view::npos;
    if (!known || is_passing(root) || (!is_bucket(text) && root.size() == text.size())) return std::nullopt;
    return std::string(root);
}

string_view known_part(string_view text) { return text.substr(0, text.find_first_of("$`*?<")); }

void add_place(const ShellWord& word, Written& written) {
    const std::size_t equals = word.text.find('=');
    const string_view text = equals == std::string::npos ? string_view(word.text) : string_view(word.text).substr(equals + 1);
    const auto root = root_of(text);
    if (!root) return;
    written.roots.insert(*root);
    written.beginnings.emplace(known_part(text));
}

void add_targets(const ShellCommand& command, Written& written) {
    for (const ShellWord& word : command.writes) written.targets.emplace(known_part(word.text));
    for (const string_view program : {"cp", "mv", "aws", "gsutil", "mkdir", "tar"})
        if (command.is(program)) written.targets.emplace(known_part(command.words.back().text));
}

// Whether one of `beginnings` is how `text` begins.
bool begins_with_any(string_view text, const std::set<std::string, std::less<>>& beginnings) {
    for (std::size_t length = 1; length <= text.size(); ++length)
        if (beginnings.contains(text.substr(0, length))) return true;
    return false;
}

bool is_store(const model::Plan& plan, string_view root) {
    const string_view bucket = is_bucket(root) ? root.substr(5) : root;
    return std::any_of(plan.stores.begin(), plan.stores.end(), [&](const model::Store& store) {
        return store.location == bucket || store.location.starts_with(std::string(bucket) + "/") || store.location.starts_with(root);
    });
}

bool may_be_written(const Reading& reading, string_view text, const std::string& root) {
    const Written& written = reading.written;
    const string_view known = known_part(text);
    const auto next = written.beginnings.lower_bound(known);
    if (next != written.beginnings.end() && string_view(*next).starts_with(known)) return true;
    if (begins_with_any(known, written.beginnings) || begins_with_any(known, written.targets)) return true;
    if (is_store(reading.plan, root)) return written.generated;
    return !is_bucket(text) && !written.roots.contains(root);
}

}  // namespace

Written written_by(const model::Plan& plan, const std::vector<ShellPart>& parts) {
    Written written;
    for (const ShellPart& part : parts)
        for (const ShellCommand& command : part.read.commands) {
            add_targets(command, written);
            if (part.role != ShellPart::Role::backup) continue;
            for (const ShellWord* word : words_of(command)) add_place(*word, written);
        }
    written.generated = std::any_of(plan.copies.begin(), plan.copies.end(), [](const model::Copy& copy) {
        return copy.archive() != nullptr || (copy.backup() != nullptr && copy.backup()->own_command.empty());
    });
    return written;
}

void timestamp_twice(const Reading& reading, std::vector<Found>& found) {
    std::map<std::string, const ShellWord*> seen;
    for (const ShellCommand& command : reading.part.read.commands) {
        if (only_speaks(command) && command.writes.empty()) continue;
        for (const ShellWord* word : words_of(command)) {
            const auto name = name_with_moment(*word);
            if (!name) continue;
            const auto [first, fresh] = seen.try_emplace(*name, word);
            if (!fresh)
                found.push_back({word->begin, word->end, fmt::format("`{}`", *name), "put the moment into a variable once, and use that",
                                 *first->second});
        }
    }
}

void path_not_written(const Reading& reading, std::vector<Found>& found) {
    if (reading.part.role != ShellPart::Role::step) return;
    if (reading.written.beginnings.empty()) return;
    for (const ShellCommand& command : reading.part.read.commands)
        for (const ShellWord* word : places_read(command)) {
            const auto root = root_of(word->text);
            if (root && !may_be_written(reading, word->text, *root))
                found.push_back({word->begin,
                                 word->end,
                                 fmt::format("`{}`", word->text),
                                 "read what a backup writes, by the name that it gives it",
                                 {}});
        }
}

void quote_not_closed(const Reading& reading, std::vector<Found>& found) {
    const auto open = reading.part.read.unclosed;
    if (open) found.push_back({*open, *open + 1, fmt::format("`{}`", (*reading.part.text)[*open]), "", {}});
}

}  // namespace muster::analysis::rules::shell
