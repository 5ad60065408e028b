#include "backends/runbook/restore.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "backends/jobs/restic.h"
#include "backends/jobs/script.h"
#include "backends/jobs/tools.h"
#include "backends/runbook/bash.h"
#include "backends/runbook/loading.h"
#include "backends/runbook/replay.h"
#include "backends/shell/quote.h"
#include "compiler/analysis/sources.h"

namespace muster::backends::runbook {
namespace {

using jobs::Shelf;
using jobs::Tool;
using model::Backup;
using model::Store;
using shell::quote;

// Why no command can load the data where it belongs; empty where one can.
std::string why_not(const StepIn& in, Id<model::Dataset> data) {
    const auto holder = holder_of(in.plan, data);
    return holder && !workload_of(in.plan.services[*holder]).empty() ? why_not_in_pods(in, where_of(in, holder), in.plan.services[*holder])
                                                                     : std::string();
}

// False where no command is known that brings this copy back.
bool add_commands(const StepIn& in, const analysis::Source& source, Work& work) {
    if (!source.copy || !source.copy->copy || !source.copy->store) return false;
    // What the cluster restores needs no pods; a volume is even made anew only where none use it.
    if (!is_kept_by_cluster(in, source) && !why_not(in, source.data).empty()) return false;
    Work added = work;
    if (!add_loading(in, source, added)) return false;
    work = added;
    work.uses.insert("restore"), work.uses.insert("load");
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
    return text + (reason.empty() ? "" : "\n" + reason) + replay_by_hand(in, source) + by_restic(in, source);
}

}  // namespace

void add_restore(const StepIn& in, const model::Restore& restore, Work& work) {
    const auto is_this = [&](const analysis::Source& source) { return source.step == in.id; };
    std::vector<analysis::Source> sources;
    std::copy_if(in.recovery.sources.begin(), in.recovery.sources.end(), std::back_inserter(sources), is_this);
    // Of a procedure that is turned to only when something fails in earnest.
    if (sources.empty()) sources = analysis::sources_of(in.plan, in.id, in.recovery.copies);
    for (const analysis::Source& source : sources) {
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
