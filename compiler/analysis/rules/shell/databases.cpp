// Commands of databases that do something else than they are used for, or that their versions have given up.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "compiler/analysis/rules/shell/mistake.h"

namespace muster::analysis::rules::shell {
namespace {

using std::string_view;

std::string lower(string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

// Whether the step is there to bring data back.
bool restores(const Reading& reading) {
    if (!reading.part.step) return false;
    const model::Step& step = reading.plan.steps[*reading.part.step];
    if (step.action && std::holds_alternative<model::Restore>(*step.action)) return true;
    return lower(step.heading.name + " " + step.heading.title).find("restore") != std::string::npos;
}

bool any_called(const Reading& reading, std::initializer_list<string_view> programs) {
    const auto& commands = reading.part.read.commands;
    return std::any_of(commands.begin(), commands.end(), [&](const ShellCommand& command) {
        return std::any_of(programs.begin(), programs.end(), [&](string_view program) { return command.calls(program).has_value(); });
    });
}

const ShellWord* dump_in(const Reading& reading, const ShellCommand& command) {
    if (const auto redis = command.calls("redis-cli"))
        for (std::size_t i = *redis + 1; i < command.words.size(); ++i)
            if (command.words[i].text == "--rdb") return &command.words[i];
    if (any_called(reading, {"psql", "pg_restore", "mysql", "mariadb", "mongorestore", "pg_ctl"})) return nullptr;
    for (const string_view program : {"pg_dump", "pg_dumpall", "mysqldump", "mariadb-dump", "mongodump"})
        if (const auto at = command.calls(program)) return &command.words[*at];
    return nullptr;
}

// The major version of `postgres 15`; nothing of another engine, or where none is said.
std::optional<int> postgres_version(string_view engine) {
    if (!lower(engine).starts_with("postgres")) return std::nullopt;
    const std::size_t digit = engine.find_first_of("0123456789");
    int version = 0;
    if (digit == string_view::npos || std::from_chars(engine.data() + digit, engine.data() + engine.size(), version).ec != std::errc{})
        return std::nullopt;
    return version;
}

bool may_be_older_than_twelve(const model::Plan& plan) {
    return std::any_of(plan.services.begin(), plan.services.end(),
                       [](const model::Service& service) { return postgres_version(service.engine).value_or(12) < 12; });
}

const ShellWord* recovery_conf_made(const ShellCommand& command) {
    const auto is_it = [](const ShellWord& word) { return word.text == "recovery.conf" || word.text.ends_with("/recovery.conf"); };
    for (const ShellWord& word : command.writes)
        if (is_it(word)) return &word;
    for (const string_view program : {"touch", "tee", "cp", "mv", "install", "ln"})
        if (command.calls(program) && is_it(command.words.back())) return &command.words.back();
    return nullptr;
}

// How the plan dumps MongoDB, as far as it says.
struct MongoDumps {
    bool any = false;
    bool with_log = false;  // the log of what happens meanwhile is in one of them, or shipped by itself
};

MongoDumps mongo_dumps(const model::Plan& plan) {
    MongoDumps dumps;
    for (const model::Copy& copy : plan.copies) {
        if (copy.archive() != nullptr) dumps.with_log = true;
        if (copy.backup() == nullptr) continue;
        const std::string& text = copy.backup()->own_command;
        dumps.any = dumps.any || copy.backup()->tool == "mongodump" || text.find("mongodump") != std::string::npos;
        dumps.with_log = dumps.with_log || text.find("--oplog") != std::string::npos;
    }
    return dumps;
}

bool lacks_log(const MongoDumps& dumps) { return dumps.any && !dumps.with_log; }

// `--oplogReplay`, where the log is not given by itself.
const ShellWord* replayed_in(const ShellCommand& command) {
    if (!command.calls("mongorestore")) return nullptr;
    const ShellWord* replay = nullptr;
    for (const ShellWord& word : command.words) {
        if (word.text.starts_with("--oplogFile")) return nullptr;
        if (word.text == "--oplogReplay" || word.text == "--oplogReplay=true") replay = &word;
    }
    return replay;
}

struct Renamed {
    string_view program;  // whose command it is
    string_view old;      // a phrase of its arguments, in lower case; empty: the program itself
    string_view now;
    string_view since;
};
// Sources: redis.io/commands/slaveof; dev.mysql.com/doc/relnotes/mysql/8.4 (removed statements); postgresql.org release notes of 10 and 15;
// mongodb.com/docs/manual/release-notes/6.0-compatibility; docs.docker.com/compose/releases/migrate; etcd.io/docs/v3.6 (etcdutl);
// kubernetes.io CHANGELOG-1.18 (rolling-update removed).
constexpr auto renamed = std::to_array<Renamed>({
    {"redis-cli", "slaveof", "replicaof", "is deprecated since Redis 5.0"},
    {"mysql", "change master to", "CHANGE REPLICATION SOURCE TO", "is gone in MySQL 8.4"},
    {"mysql", "start slave", "START REPLICA", "is gone in MySQL 8.4"},
    {"mysql", "stop slave", "STOP REPLICA", "is gone in MySQL 8.4"},
    {"mysql", "reset slave", "RESET REPLICA", "is gone in MySQL 8.4"},
    {"mysql", "show slave status", "SHOW REPLICA STATUS", "is gone in MySQL 8.4"},
    {"mysql", "show master status", "SHOW BINARY LOG STATUS", "is gone in MySQL 8.4"},
    {"psql", "pg_start_backup", "pg_backup_start", "is gone in PostgreSQL 15"},
    {"psql", "pg_stop_backup", "pg_backup_stop", "is gone in PostgreSQL 15"},
    {"psql", "pg_switch_xlog", "pg_switch_wal", "is gone in PostgreSQL 10"},
    {"psql", "pg_current_xlog_location", "pg_current_wal_lsn", "is gone in PostgreSQL 10"},
    {"psql", "pg_last_xlog_replay_location", "pg_last_wal_replay_lsn", "is gone in PostgreSQL 10"},
    {"pg_resetxlog", "", "pg_resetwal", "is gone in PostgreSQL 10"},
    {"pg_receivexlog", "", "pg_receivewal", "is gone in PostgreSQL 10"},
    {"mongo", "", "mongosh", "is gone in MongoDB 6.0"},
    {"docker-compose", "", "docker compose", "is out of support since July 2023"},
    {"etcdctl", "snapshot restore", "etcdutl snapshot restore", "is gone in etcd 3.6"},
    {"kubectl", "rolling-update", "kubectl rollout", "is gone in Kubernetes 1.18"},
});

// The words after a program, as one phrase, in which to look for another.
bool says(const ShellCommand& command, std::size_t from, const Renamed& one, ShellWord& where) {
    for (std::size_t i = from; i < command.words.size(); ++i) {
        where = command.words[i];
        if (lower(where.text).find(one.old) != std::string::npos) return true;
        if (i + 1 == command.words.size()) break;
        where.end = command.words[i + 1].end;
        if (lower(command.words[i].text + " " + command.words[i + 1].text) == one.old) return true;
    }
    return false;
}

void look_for(const Renamed& one, const ShellCommand& command, std::vector<Found>& found) {
    const auto at = command.calls(one.program);
    if (!at) return;
    ShellWord where = command.words[*at];
    if (!one.old.empty() && !says(command, *at + 1, one, where)) return;
    const string_view old = one.old.empty() ? one.program : one.old;
    found.push_back({where.begin, where.end, fmt::format("`{}` {}", old, one.since), fmt::format("say `{}`", one.now), {}});
}

}  // namespace

void dump_to_restore(const Reading& reading, std::vector<Found>& found) {
    if (reading.part.role != ShellPart::Role::step || !restores(reading)) return;
    for (const ShellCommand& command : reading.part.read.commands)
        if (const ShellWord* dump = dump_in(reading, command))
            found.push_back({dump->begin,
                             dump->end,
                             fmt::format("`{}` makes a copy", dump->text),
                             dump->text == "--rdb"
                                 ? "stop the server, put the file where its `dir` and `dbfilename` say, and start it again"
                                 : "load the copy with the tool that belongs to it",
                             {}});
}

void recovery_conf(const Reading& reading, std::vector<Found>& found) {
    for (const ShellCommand& command : reading.part.read.commands)
        if (const ShellWord* made = recovery_conf_made(command); made != nullptr && !may_be_older_than_twelve(reading.plan))
            found.push_back({made->begin,
                             made->end,
                             fmt::format("`{}`", made->text),
                             "put the settings into `postgresql.auto.conf` and make an empty `recovery.signal`",
                             {}});
}

void oplog_not_recorded(const Reading& reading, std::vector<Found>& found) {
    for (const ShellCommand& command : reading.part.read.commands)
        if (const ShellWord* replay = replayed_in(command); replay != nullptr && lacks_log(mongo_dumps(reading.plan)))
            found.push_back({replay->begin,
                             replay->end,
                             fmt::format("`{}` wants an `oplog.bson`, which `mongodump` writes only with `--oplog`", replay->text),
                             "dump with `--oplog`, which reaches the moment when the dump ends; for others ship the oplog, as an `archive`",
                             {}});
}

void renamed_command(const Reading& reading, std::vector<Found>& found) {
    for (const ShellCommand& command : reading.part.read.commands)
        for (const Renamed& one : renamed) look_for(one, command, found);
}

}  // namespace muster::analysis::rules::shell
