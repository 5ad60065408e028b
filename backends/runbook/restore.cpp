#include "backends/runbook/restore.h"

#include <fmt/format.h>

#include "backends/jobs/restic.h"
#include "backends/jobs/script.h"
#include "backends/jobs/tools.h"
#include "backends/runbook/bash.h"
#include "backends/shell/quote.h"

namespace muster::backends::runbook {
namespace {

using jobs::Shelf;
using jobs::Tool;
using model::Backup;
using model::Store;
using shell::quote;

constexpr std::string_view pg_restore_options = "pg_restore --clean --if-exists --single-transaction --exit-on-error";

void add_fetch(const Shelf& shelf, const std::string& folder, const Backup& backup, Work& work) {
    const std::string encryption = backup.encrypted_with;
    if (shelf.kind == "s3") work.tools.insert("aws");
    if (shelf.kind == "gcs") work.tools.insert("gsutil");
    if (shelf.is_folder()) work.paths.insert(shelf.place);
    if (!encryption.empty()) work.tools.insert(encryption);
    if (encryption == "age") work.variables.insert("MUSTER_AGE_IDENTITY");
    work.run("make_folder");
    work.run(fmt::format("file=$(fetch_backup {} {} {} \"${{folder}}\")", shelf.kind, quote(shelf.place), quote(folder)));
    work.run(fmt::format("file=$(unpack_backup \"${{file}}\" {})", quote(encryption)));
}

void add_fetch_by_hand(const Shelf& shelf, const std::string& folder, const Backup& backup, Work& work) {
    const std::string place = quote(shelf.place);
    std::string& text = work.by_hand;
    text += "# Choose the newest from before the damage.\n";
    if (shelf.kind == "s3") {
        text += fmt::format("aws s3api list-objects-v2 --bucket {} --prefix {} --output text \\\n", place, quote(folder));
        text += "  --query 'sort_by(Contents, &LastModified)[].[LastModified, Key]'\n";
        text += fmt::format("aws s3 cp s3://{}/KEY backup\naws s3 cp s3://{}/KEY.sha256 -\n", place, place);
    } else if (shelf.kind == "gcs") {
        text += fmt::format("gsutil ls -l gs://{}/{}\n", place, quote(folder));
        text += fmt::format("gsutil cp gs://{}/KEY backup\ngsutil cat gs://{}/KEY.sha256\n", place, place);
    } else {
        text += fmt::format("ls -ltr {}\ncp FILE backup\ncat FILE.sha256\n", quote(shelf.place + "/" + folder));
    }
    text += "sha256sum backup\n";
    if (backup.encrypted_with == "gpg") text += "gpg --output plain --decrypt backup && mv plain backup\n";
    if (backup.encrypted_with == "age")
        text += "age --decrypt --identity \"$MUSTER_AGE_IDENTITY\" --output plain backup && mv plain backup\n";
}

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

// False where nothing says into what the archive is to be unpacked.
bool add_tar(const StepIn& in, Id<model::Dataset> data, Work& work) {
    const auto holder = holder_of(in.plan, data);
    const std::string workload = holder ? workload_of(in.plan.services[*holder]) : std::string();
    if (workload.empty()) return false;
    const std::string unpack =
        fmt::format("{} exec --stdin {} -- tar --extract --file=- --directory=/", kubectl(where_of(in, holder), work), quote(workload));
    work.run(unpack + " <\"${file}\"");
    work.by_hand += unpack + " <backup\n";
    return true;
}

// Why no command can load the data where it belongs; empty where one can.
std::string why_not(const StepIn& in, Id<model::Dataset> data) {
    const auto holder = holder_of(in.plan, data);
    return holder && !workload_of(in.plan.services[*holder]).empty() ? why_not_in_pods(in, where_of(in, holder), in.plan.services[*holder])
                                                                     : std::string();
}

// False where no command is known that brings this copy back.
bool add_commands(const StepIn& in, const analysis::Source& source, Work& work) {
    if (!source.copy || !source.copy->copy || !source.copy->store || !why_not(in, source.data).empty()) return false;
    const model::Copy& copy = in.plan.copies[*source.copy->copy];
    if (copy.backup() == nullptr || copy.backup()->snapshot) return false;
    const Tool tool = jobs::tool_of(in.plan, copy);
    const Shelf shelf = jobs::shelf_of(in.plan.stores[*source.copy->store]);
    if ((tool != Tool::pg_dump && tool != Tool::tar) || !shelf.reachable()) return false;
    const std::string folder = jobs::folder_of(in.plan, shelf, copy, source.data);
    Work added = work;
    add_fetch(shelf, folder, *copy.backup(), added);
    add_fetch_by_hand(shelf, folder, *copy.backup(), added);
    if (tool == Tool::tar && !add_tar(in, source.data, added)) return false;
    if (tool == Tool::pg_dump) add_postgres(in, source.data, added);
    work = added;
    work.restores = true;
    return true;
}

// How a person begins where Muster's own job wrote the copy with restic: that much the plan says.
std::string by_restic(const StepIn& in, const analysis::Source& source) {
    if (!source.copy->copy || !source.copy->store) return {};
    const model::Copy& copy = in.plan.copies[*source.copy->copy];
    const Shelf shelf = jobs::shelf_of(in.plan.stores[*source.copy->store]);
    if (copy.backup() == nullptr || jobs::tool_of(in.plan, copy) != Tool::restic || !shelf.reachable()) return {};
    const std::string repository = quote(jobs::repository_of(in.plan, copy, shelf));
    const std::string host = quote(copy.heading.name);
    return fmt::format(
        "\nrestic --repo {0} snapshots --host {1}\nrestic --repo {0} restore SNAPSHOT --host {1} --target FOLDER\n"
        "Its password is RESTIC_PASSWORD of the Secret {2}.",
        repository, host, jobs::secret_of_repository(in.plan, copy));
}

std::string to_when(const model::Restore& restore) {
    if (restore.point_is_asked) return fmt::format(", to the moment that is the answer to {}", restore.point);
    if (!restore.point.empty()) return ", to " + restore.point;
    return restore.before_damage ? ", to the last moment before the damage" : "";
}

// Sets the moment to which data goes back where the plan says one.
void add_point(const model::Restore& restore, Work& work) {
    if (restore.point.empty()) return;
    work.run("export MUSTER_TARGET_TIME=" +
             (restore.point_is_asked ? "\"${MUSTER_" + variable_part(restore.point) + "}\"" : quote(restore.point)));
}

std::string instruction(const StepIn& in, const model::Restore& restore, const analysis::Source& source) {
    const std::string data = in.plan.data[source.data].heading.name;
    if (!source.copy) return fmt::format("Restore {}. The plan leaves no usable copy for it: {}.", data, source.why_none);
    std::string text = fmt::format("Restore {} from {}", data, analysis::name_of(in.plan, *source.copy));
    if (source.copy->store) {
        const Store& store = in.plan.stores[*source.copy->store];
        if (!store.location.empty()) text += fmt::format(" ({} {})", store.type, store.location);
    }
    text += to_when(restore) + ".";
    const std::string reason = why_not(in, source.data);
    return text + (reason.empty() ? "" : "\n" + reason) + by_restic(in, source);
}

}  // namespace

void add_restore(const StepIn& in, const model::Restore& restore, Work& work) {
    for (const analysis::Source& source : in.recovery.sources) {
        if (source.step != in.id) continue;
        Work commands = work;
        add_point(restore, commands);
        if (add_commands(in, source, commands)) work = commands;
        else work.ask_for(instruction(in, restore, source));
    }
}

bool needs_target_time(const StepIn& in) {
    const auto* restore = in.step().action ? std::get_if<model::Restore>(&*in.step().action) : nullptr;
    const std::string& own = in.step().own_command;
    if (!own.empty() && own.find("MUSTER_TARGET_TIME") == std::string::npos) return false;
    return restore != nullptr && restore->point.empty() && (restore->before_damage || in.plan.scenarios[in.recovery.scenario].damages());
}

}  // namespace muster::backends::runbook
