#include "backends/runbook/replay.h"

#include <fmt/format.h>

#include "backends/jobs/script.h"
#include "backends/jobs/setting.h"
#include "backends/jobs/tools.h"
#include "backends/runbook/bash.h"
#include "backends/runbook/fetch.h"
#include "backends/shell/quote.h"

namespace muster::backends::runbook {
namespace {

using jobs::Shelf;
using jobs::Tool;
using model::Copy;
using model::Service;
using shell::quote;

bool is_base(const model::Plan& plan, const Copy& copy) {
    return copy.backup() != nullptr && !copy.backup()->snapshot && jobs::tool_of(plan, copy) == Tool::pg_basebackup;
}

// Where the runs of a copy, or the files of a log, lie.
struct Stored {
    const Copy* copy = nullptr;
    Shelf shelf;
    std::string folder;
};

Stored stored(const StepIn& in, Id<Copy> copy, Id<model::Store> store, Id<model::Dataset> data) {
    const Shelf shelf = jobs::shelf_of(in.plan.stores[store]);
    return {&in.plan.copies[copy], shelf, jobs::folder_of(in.plan, shelf, in.plan.copies[copy], data)};
}

// The base backup that the log is replayed on, in a store that the scenario leaves it in. Without a copy where there is none.
Stored base_of_log(const StepIn& in, const analysis::Source& source) {
    const Copy& log = in.plan.copies[*source.copy->copy];
    for (const analysis::CopyOutcome& outcome : in.recovery.copies[source.data.value]) {
        if (!outcome.copy || !outcome.store || outcome.state != analysis::CopyState::usable) continue;
        if (!is_base(in.plan, in.plan.copies[*outcome.copy])) continue;
        if (log.archive()->base && log.archive()->base->value != *outcome.copy) continue;
        return stored(in, *outcome.copy, *outcome.store, source.data);
    }
    return {};
}

struct Replay {
    Stored base, log;  // `log` without a copy where only a base backup comes back
};

Replay replay_of(const StepIn& in, const analysis::Source& source) {
    const Stored said = stored(in, *source.copy->copy, *source.copy->store, source.data);
    if (said.copy->archive() != nullptr) return {base_of_log(in, source), said};
    return {said, {}};
}

bool reachable(const Replay& replay) {
    return replay.base.copy != nullptr && replay.base.shelf.reachable() && (replay.log.copy == nullptr || replay.log.shelf.reachable());
}

std::string sealed_with(const Stored& log) { return log.copy == nullptr ? std::string() : log.copy->archive()->encrypted_with; }

// The restore_command of PostgreSQL that fetches a file of the log.
std::string restore_command(const Stored& log) {
    const std::string ending = sealed_with(log).empty() ? "" : "." + sealed_with(log);
    const std::string from = jobs::in_setting(log.shelf.place + "/" + log.folder) + "%f" + ending;
    const std::string to = ending.empty() ? "%p" : "%p" + ending;
    if (log.shelf.kind == "s3") return fmt::format("aws s3 cp {} \"{}\"", quote("s3://" + from), to);
    if (log.shelf.kind == "gcs") return fmt::format("gsutil cp {} \"{}\"", quote("gs://" + from), to);
    return fmt::format("cp {} \"{}\"", quote(from), to);
}

std::string log_by_hand(const Stored& log) {
    if (log.copy == nullptr) return {};
    std::string text = "\nAppend to postgresql.auto.conf there: recovery_target_time and recovery_target_action = 'promote'";
    if (log.shelf.reachable()) text += fmt::format(", and as restore_command what does this: {}", restore_command(log));
    else text += fmt::format(", and a restore_command that fetches the files of {}", log.copy->heading.name);
    if (!sealed_with(log).empty()) text += fmt::format(", then decrypts it with {} to \"%p\"", sealed_with(log));
    return text + ". Where the files are compressed it has to undo that, too.";
}

std::string base_by_hand(const Stored& base) {
    if (base.copy == nullptr) return "Find a base backup: the scenario leaves none of the plan's. A log cannot be replayed on a dump.";
    const std::string place =
        base.shelf.reachable() ? fmt::format(" in {} {}", base.shelf.kind, base.shelf.place + "/" + base.folder) : std::string();
    const std::string& sealed = base.copy->backup()->encrypted_with;
    return fmt::format("Fetch the newest base backup from before that moment: {}{}{}.", base.copy->heading.name, place,
                       sealed.empty() ? "" : ", encrypted with " + sealed);
}

std::string why_not(const StepIn& in, Id<Service> holder, const Replay& replay) {
    const std::string workload = workload_of(in.plan.services[holder]);
    if (!workload.empty())
        return fmt::format("No command here does that: the data directory is in the pods of {}, which have to be stopped for it.",
                           workload);
    return replay.base.copy == nullptr ? std::string("No command here does that: there is no base backup.")
                                       : std::string("No command here does that: no command is known for a store of it.");
}

}  // namespace

bool is_replayed(const model::Plan& plan, const Copy& copy) { return copy.archive() != nullptr || is_base(plan, copy); }

bool add_replay(const StepIn& in, const analysis::Source& source, Work& work) {
    const auto holder = holder_of(in.plan, source.data);
    const Replay replay = replay_of(in, source);
    if (!holder || !workload_of(in.plan.services[*holder]).empty() || !reachable(replay)) return false;
    const std::string variable = "MUSTER_PGDATA_" + variable_part(in.plan.services[*holder].heading.name);
    add_fetch(replay.base.shelf, replay.base.folder, *replay.base.copy->backup(), work);
    work.uses.insert("replay"), work.variables.insert(variable);
    const std::string sealed = sealed_with(replay.log);
    if (!sealed.empty()) work.tools.insert(sealed);
    const Stored& log = replay.log.copy == nullptr ? Stored{nullptr, {"none", replay.base.shelf.place, {}}, {}} : replay.log;
    work.run(fmt::format("replay_postgres {} \"${{file}}\" {} {} {} {}", variable, log.shelf.kind, quote(log.shelf.place),
                         quote(log.folder), quote(sealed)));
    work.run(fmt::format("finish_replay {} {}", quote(in.plan.data[source.data].heading.name), postgres_client(in, holder, work)));
    work.by_hand +=
        "# Stop PostgreSQL, unpack the backup in place of its data directory, set restore_command and recovery_target_time,\n"
        "# create recovery.signal, start it.\n";
    return true;
}

std::string replay_by_hand(const StepIn& in, const analysis::Source& source) {
    const auto holder = holder_of(in.plan, source.data);
    if (!source.copy || !source.copy->copy || !source.copy->store || !holder) return {};
    if (!is_postgres(in.plan.services[*holder]) || !is_replayed(in.plan, in.plan.copies[*source.copy->copy])) return {};
    const Replay replay = replay_of(in, source);
    const std::string workload = workload_of(in.plan.services[*holder]);
    const std::string stop = workload.empty() ? std::string("Stop PostgreSQL.")
                                              : fmt::format("Scale {} to 0 and mount its volume in a pod that only sleeps.", workload);
    return fmt::format(
        "\n{}\n{}\n{}\nSet the data directory aside and unpack the base backup in its place, with the same owner, mode 0700.{}\n"
        "{}Start PostgreSQL{}, and wait until SELECT pg_is_in_recovery() says f.",
        why_not(in, *holder, replay), base_by_hand(replay.base), stop, log_by_hand(replay.log),
        replay.log.copy == nullptr ? "" : "Create an empty file recovery.signal there.\n", workload.empty() ? "" : " by scaling it back");
}

}  // namespace muster::backends::runbook
