// A backup is encrypted by the job that makes it and read by a script that was written before that. The script gets bytes that no database
// knows, in the hour in which nobody remembers which key it was.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/shell_words.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Copy;
using model::Plan;

// Programs that decrypt, or fetch what they themselves encrypted.
constexpr auto decrypting = std::to_array<std::string_view>(
    {"gpg", "age", "rage", "openssl", "sops", "restic", "borg", "kopia", "duplicity", "rclone", "wal-g", "pgbackrest", "barman"});

// Programs that read what they are given as it is, and those around them. Whatever else is called may decrypt.
constexpr auto plain = std::to_array<std::string_view>(
    {"pg_restore", "psql",    "createdb", "dropdb", "mongorestore", "mysql",   "sqlite3", "redis-cli", "tar",      "gunzip", "gzip",
     "zcat",       "bunzip2", "xz",       "zstd",   "lz4",          "cat",     "cp",      "mv",        "rm",       "mkdir",  "chown",
     "chmod",      "cd",      "echo",     "set",    "export",       "kubectl", "docker",  "aws",       "gsutil",   "az",     "curl",
     "wget",       "scp",     "rsync",    "sudo",   "sleep",        "date",    "ls",      "test",      "systemctl"});

bool decrypts(const ShellCommand& command) {
    return std::any_of(command.words.begin(), command.words.end(), [](const ShellWord& word) {
        return word.text.find("decrypt") != std::string::npos ||
               std::find(decrypting.begin(), decrypting.end(), word.text) != decrypting.end();
    });
}

bool is_plain(const ShellCommand& command) {
    return command.words.empty() || std::find(plain.begin(), plain.end(), command.words.front().text) != plain.end();
}

bool reads_as_it_is(const std::string& text) {
    const ShellText read = read_shell(text);
    return std::all_of(read.commands.begin(), read.commands.end(),
                       [](const ShellCommand& command) { return !decrypts(command) && is_plain(command); });
}

std::string_view encrypted_with(const Copy& copy) {
    if (copy.backup() != nullptr) return copy.backup()->encrypted_with;
    return copy.archive() != nullptr ? std::string_view{copy.archive()->encrypted_with} : std::string_view{};
}

}  // namespace

void never_decrypted(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.steps.ids()) {
        const model::Step& step = facts.plan.steps[id];
        const auto* restore = step.action ? std::get_if<model::Restore>(&*step.action) : nullptr;
        if (restore == nullptr || !restore->copy || step.own_command.empty()) continue;
        const std::string_view tool = encrypted_with(facts.plan.copies[*restore->copy]);
        if (tool.empty() || !reads_as_it_is(step.own_command)) continue;
        const std::string name = model::qualified_name(facts.plan, id);
        auto& d = sink.report(diagnostics::messages::never_decrypted, step.own_command_span, diagnostics::Name{name},
                              diagnostics::Name{model::qualified_name(facts.plan, *restore->copy)}, diagnostics::Name{std::string{tool}});
        d.subject = {"step", name};
        d.related = {{facts.plan.copies[*restore->copy].heading.span, "encrypted"}};
        d.help = fmt::format("decrypt it on the way, say `{}`, or leave out `using`: the generated restore does",
                             tool == "age" ? "age --decrypt -i KEYFILE" : "gpg --decrypt");
    }
}

}  // namespace muster::analysis::rules
