#include "backends/runbook/restore.h"

#include <fmt/format.h>

#include "backends/runbook/bash.h"

namespace muster::backends::runbook {
namespace {

using model::Backup;
using model::Store;

constexpr std::string_view pg_restore_options = "pg_restore --clean --if-exists --single-transaction --exit-on-error";

// Where the runs of a backup lie: a bucket or a path, and below it one folder per copy and dataset.
struct Shelf {
    bool s3 = false;
    std::string place;
    std::string prefix;
};

// Nothing for a store that no command here reads.
std::optional<Shelf> shelf_of(const model::Plan& plan, const Store& store, const model::Copy& copy, Id<model::Dataset> data) {
    const std::string folder = copy.heading.name + "/" + plan.data[data].heading.name + "/";
    if (store.location.empty()) return std::nullopt;
    if (store.type == "volume" || store.type == "nfs") return Shelf{false, store.location, folder};
    if (store.type != "s3") return std::nullopt;
    std::string_view location = store.location;
    if (location.starts_with("s3://")) location.remove_prefix(5);
    const std::size_t slash = std::min(location.find('/'), location.size());
    std::string path(location.substr(std::min(slash + 1, location.size())));
    if (!path.empty() && path.back() != '/') path += '/';
    return Shelf{true, std::string(location.substr(0, slash)), path + folder};
}

void add_fetch(const Shelf& shelf, const Backup& backup, Work& work) {
    const std::string encryption = backup.encrypted_with;
    if (shelf.s3) work.tools.insert("aws");
    if (!encryption.empty()) work.tools.insert(encryption);
    if (encryption == "age") work.variables.insert("MUSTER_AGE_IDENTITY");
    work.run("make_folder");
    work.run(fmt::format("file=$(fetch_backup {} {} {} \"${{folder}}\")", shelf.s3 ? "s3" : "folder", bash_quote(shelf.place),
                         bash_quote(shelf.prefix)));
    work.run(fmt::format("file=$(unpack_backup \"${{file}}\" {})", bash_quote(encryption)));
}

void add_fetch_by_hand(const Shelf& shelf, const Backup& backup, Work& work) {
    const std::string place = bash_quote(shelf.place);
    std::string& text = work.by_hand;
    text += "# Choose the newest from before the damage.\n";
    if (shelf.s3) {
        text += fmt::format("aws s3api list-objects-v2 --bucket {} --prefix {} --output text \\\n", place, bash_quote(shelf.prefix));
        text += "  --query 'sort_by(Contents, &LastModified)[].[LastModified, Key]'\n";
        text += fmt::format("aws s3 cp s3://{}/KEY backup\naws s3 cp s3://{}/KEY.sha256 -\n", place, place);
    } else {
        text += fmt::format("ls -ltr {}\ncp FILE backup\ncat FILE.sha256\n", bash_quote(shelf.place + "/" + shelf.prefix));
    }
    text += "sha256sum backup\n";
    if (backup.encrypted_with == "gpg") text += "gpg --output plain --decrypt backup && mv plain backup\n";
    if (backup.encrypted_with == "age") text += "age --decrypt --identity KEYFILE --output plain backup && mv plain backup\n";
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
                                    kubectl(where_of(in, holder), work), bash_quote(workload), pg_restore_options);
    }
}

// False where nothing says into what the archive is to be unpacked.
bool add_tar(const StepIn& in, Id<model::Dataset> data, Work& work) {
    const auto holder = holder_of(in.plan, data);
    const std::string workload = holder ? workload_of(in.plan.services[*holder]) : std::string();
    if (workload.empty()) return false;
    const std::string unpack = fmt::format("{} exec --stdin {} -- tar --extract --file=- --directory=/",
                                           kubectl(where_of(in, holder), work), bash_quote(workload));
    work.run(unpack + " <\"${file}\"");
    work.by_hand += unpack + " <backup\n";
    return true;
}

// False where no command is known that brings this copy back.
bool add_commands(const StepIn& in, const analysis::Source& source, Work& work) {
    if (!source.copy || !source.copy->copy || !source.copy->store) return false;
    const model::Copy& copy = in.plan.copies[*source.copy->copy];
    const Backup* backup = copy.backup();
    if (backup == nullptr || backup->snapshot || (backup->tool != "pg_dump" && backup->tool != "tar")) return false;
    const auto shelf = shelf_of(in.plan, in.plan.stores[*source.copy->store], copy, source.data);
    if (!shelf) return false;
    Work added = work;
    add_fetch(*shelf, *backup, added);
    add_fetch_by_hand(*shelf, *backup, added);
    if (backup->tool == "tar" && !add_tar(in, source.data, added)) return false;
    if (backup->tool == "pg_dump") add_postgres(in, source.data, added);
    work = added;
    work.restores = true;
    return true;
}

std::string instruction(const StepIn& in, const model::Restore& restore, const analysis::Source& source) {
    const std::string data = in.plan.data[source.data].heading.name;
    if (!source.copy) return fmt::format("Restore {}. The plan leaves no usable copy for it: {}.", data, source.why_none);
    std::string text = fmt::format("Restore {} from {}", data, analysis::name_of(in.plan, *source.copy));
    if (source.copy->store) {
        const Store& store = in.plan.stores[*source.copy->store];
        if (!store.location.empty()) text += fmt::format(" ({} {})", store.type, store.location);
    }
    return text + (restore.before_damage ? ", to the last moment before the damage." : ".");
}

}  // namespace

void add_restore(const StepIn& in, const model::Restore& restore, Work& work) {
    for (const analysis::Source& source : in.recovery.sources)
        if (source.step == in.id && !add_commands(in, source, work)) work.ask_for(instruction(in, restore, source));
}

bool needs_target_time(const StepIn& in) {
    const auto* restore = in.step().action ? std::get_if<model::Restore>(&*in.step().action) : nullptr;
    return restore != nullptr && (restore->before_damage || in.plan.scenarios[in.recovery.scenario].damages());
}

}  // namespace muster::backends::runbook
