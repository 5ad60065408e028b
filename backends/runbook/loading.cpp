#include "backends/runbook/loading.h"

#include <fmt/format.h>

#include "backends/jobs/cluster_script.h"
#include "backends/jobs/home.h"
#include "backends/jobs/restic.h"
#include "backends/jobs/script.h"
#include "backends/jobs/tools.h"
#include "backends/runbook/bash.h"
#include "backends/runbook/fetch.h"
#include "backends/runbook/replay.h"
#include "backends/shell/quote.h"

namespace muster::backends::runbook {
namespace {

using jobs::Shelf;
using jobs::Tool;
using model::Copy;
using model::Service;
using shell::quote;

constexpr std::string_view pg_restore_options = "pg_restore --clean --if-exists --single-transaction --exit-on-error";

void add_postgres(const StepIn& in, Id<model::Dataset> data, Work& work) {
    const auto holder = holder_of(in.plan, data);
    const std::string client = postgres_client(in, holder, work);
    work.run("load_postgres \"${file}\" " + client);
    const std::string workload = holder ? workload_of(in.plan.services[*holder]) : std::string();
    if (workload.empty()) {
        work.tools.insert("pg_restore");
        work.by_hand += fmt::format("{} --dbname=CONNECTION backup\n", pg_restore_options);
    } else {
        work.by_hand += fmt::format("{} exec --stdin {} -- \\\n  {} --username=postgres --dbname=DATABASE <backup\n",
                                    kubectl(where_of(in, holder), work), quote(workload), pg_restore_options);
    }
}

// What holds the data: its pods where it has some, and a variable of its name where it has none.
struct Holder {
    const Service* service = nullptr;
    std::string pods;      // the words of kubectl up to the `--`; empty where there are none
    std::string variable;  // what is appended to MUSTER_DATABASE_, MUSTER_FILES_
};

Holder holder_in(const StepIn& in, Id<model::Dataset> data, Work& work) {
    const auto id = holder_of(in.plan, data);
    if (!id) return {};
    Holder holder{&in.plan.services[*id], {}, variable_part(in.plan.services[*id].heading.name)};
    const std::string workload = workload_of(*holder.service);
    if (!workload.empty()) holder.pods = fmt::format("{} exec --stdin {} --", kubectl(where_of(in, id), work), quote(workload));
    return holder;
}

// Files go to where they were: from the root of the pods, or below the folder that a variable names.
bool add_files(const Holder& holder, Work& work) {
    if (holder.service == nullptr) return false;
    if (!holder.pods.empty()) {
        const std::string unpack = holder.pods + " tar --extract --file=- --directory=/";
        work.run(unpack + " <\"${file}\"");
        work.by_hand += unpack + " <backup\n";
    } else {
        work.variables.insert("MUSTER_FILES_" + holder.variable);
        work.run("load_files \"${file}\" MUSTER_FILES_" + holder.variable);
        work.by_hand += "tar --extract --file=backup --directory=FOLDER\n";
    }
    return true;
}

bool add_mongodb(const Holder& holder, Work& work) {
    if (holder.service == nullptr) return false;
    const std::string variable = "MUSTER_DATABASE_" + holder.variable;
    if (holder.pods.empty()) work.variables.insert(variable), work.tools.insert("mongorestore");
    const std::string client =
        holder.pods.empty() ? fmt::format("mongorestore --uri=\"${{{}}}\"", variable) : holder.pods + " mongorestore";
    work.run("load_mongodb \"${file}\" " + client);
    work.by_hand += client + " --archive --oplogReplay --drop <backup\n";
    return true;
}

bool add_redis(const Holder& holder, Work& work) {
    if (holder.service == nullptr) return false;
    if (!holder.pods.empty()) {
        work.run("load_redis_in \"${file}\" " + holder.pods);
        return true;
    }
    work.variables.insert("MUSTER_DATABASE_" + holder.variable);
    work.tools.insert("redis-cli"), work.tools.insert("redis-server");
    work.run("load_redis \"${file}\" MUSTER_DATABASE_" + holder.variable);
    return true;
}

bool add_sqlite(const Holder& holder, Work& work) {
    if (holder.service == nullptr || !holder.pods.empty()) return false;
    work.tools.insert("sqlite3");
    work.variables.insert("MUSTER_FILES_" + holder.variable);
    work.run("load_sqlite \"${file}\" MUSTER_FILES_" + holder.variable);
    work.by_hand += "tar --extract --file=backup --directory=FOLDER\nsqlite3 FOLDER/FILE 'PRAGMA integrity_check'\n";
    return true;
}

// From a file that a job has stored.
bool add_run_of(const StepIn& in, const Copy& copy, Id<model::Dataset> data, const Shelf& shelf, Work& work) {
    const Tool tool = jobs::tool_of(in.plan, copy);
    const std::string_view name = jobs::tool_name(tool);
    const Holder holder = holder_in(in, data, work);
    const std::string folder = jobs::folder_of(in.plan, shelf, copy, data);
    add_fetch(shelf, folder, *copy.backup(), work);
    if (tool == Tool::pg_dump) return add_postgres(in, data, work), true;
    if (tool == Tool::tar) return add_files(holder, work);
    if (name == "mongodump") return add_mongodb(holder, work);
    if (name == "redis") return add_redis(holder, work);
    return name == "sqlite" && add_sqlite(holder, work);
}

bool add_restic(const StepIn& in, const Copy& copy, Id<model::Dataset> data, const Shelf& shelf, Work& work) {
    const Holder holder = holder_in(in, data, work);
    // The files of a database cannot be put back under it while it runs.
    if (in.plan.data[data].files.empty()) return false;
    work.tools.insert("restic");
    work.variables.insert("RESTIC_PASSWORD");
    const std::string repository = quote(jobs::repository_of(in.plan, copy, shelf));
    work.run("make_folder");
    work.run("file=\"${folder}/archive.tar\"");
    work.run(fmt::format("fetch_restic {} {} \"${{file}}\"", repository, quote(copy.heading.name)));
    work.by_hand += fmt::format("restic --repo {} dump --host {} --archive tar latest / >backup\n", repository, quote(copy.heading.name));
    work.note = "RESTIC_PASSWORD is in the Secret " + jobs::secret_of_repository(in.plan, copy) + ".";
    return add_files(holder, work);
}

// What the cluster keeps it brings back itself, and snapshots only in the cluster where they were taken.
bool add_kept_by_cluster(const StepIn& in, const analysis::Source& source, const Copy& copy, Work& work) {
    const auto holder = holder_of(in.plan, source.data);
    Where where = holder ? where_of(in, holder) : where_of(in);
    const std::string label = quote(jobs::object_of(in.plan, copy));
    const Tool tool = jobs::tool_of(in.plan, copy);
    const jobs::Home home = jobs::home_of(in.plan, copy);
    const bool managed = holder && in.plan.services[*holder].workload && in.plan.services[*holder].workload->kind == "managed";
    if (tool == Tool::cnpg || (tool == Tool::snapshot && (managed || where.cluster != home.cluster))) return false;
    work.uses.insert("kubernetes"), work.uses.insert("cluster");
    work.run("make_folder");
    if (tool == Tool::velero) {
        where.in_namespace = jobs::velero_namespace;
        work.run("restore_from_velero " + label + " " + kubectl(where, work));
        work.by_hand += "velero restore create --from-backup BACKUP --existing-resource-policy update --wait\n";
    } else {
        where.in_namespace = home.in_namespace;
        work.run(
            fmt::format("restore_from_snapshot {} {} {}", jobs::claim_of_data(in.plan.data[source.data]), label, kubectl(where, work)));
    }
    work.run("note_recovered " + quote(in.plan.data[source.data].heading.name));
    return true;
}

}  // namespace

bool is_kept_by_cluster(const StepIn& in, const analysis::Source& source) {
    const Copy& copy = in.plan.copies[*source.copy->copy];
    return copy.backup() != nullptr && jobs::kept_by_cluster(jobs::tool_of(in.plan, copy));
}

bool add_loading(const StepIn& in, const analysis::Source& source, Work& work) {
    const Copy& copy = in.plan.copies[*source.copy->copy];
    if (is_kept_by_cluster(in, source)) return add_kept_by_cluster(in, source, copy, work);
    const Shelf shelf = jobs::shelf_of(in.plan.stores[*source.copy->store]);
    if (!shelf.reachable()) return false;
    if (is_replayed(in.plan, copy)) return add_replay(in, source, work);
    if (copy.backup() == nullptr || copy.backup()->snapshot) return false;
    const bool loaded = jobs::tool_of(in.plan, copy) == Tool::restic ? add_restic(in, copy, source.data, shelf, work)
                                                                     : add_run_of(in, copy, source.data, shelf, work);
    if (loaded) work.run("note_recovered " + quote(in.plan.data[source.data].heading.name));
    return loaded;
}

}  // namespace muster::backends::runbook
