// A backup that takes longer than the time to its next start is an hourly backup on paper only: whatever runs it skips the starts that
// fall into a run, or lets two runs fight over the same disk. The loss is counted with what really happens.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;
using support::format_duration;

struct Slowest {
    Time length{0};
    Time upload{0};
    std::optional<Time> gap;
    std::optional<Id<model::Store>> store;
};

// The run to that of its stores which takes longest.
Slowest slowest_of(const Facts& facts, Id<model::Copy> id, const model::Backup& backup) {
    Slowest slowest;
    for (const auto store : facts.plan.copies[id].stores()) {
        const auto run = facts.schedules.run(id, store);
        if (!run.upload) continue;
        const Time length = support::later(backup.takes.planning(), *run.upload);
        if (!slowest.store || length > slowest.length) slowest = {length, *run.upload, run.gap, store};
    }
    return slowest;
}

void look_at(const Facts& facts, Id<model::Copy> id, diagnostics::Sink& sink) {
    const model::Backup* backup = facts.plan.copies[id].backup();
    if (backup == nullptr || !backup->schedule) return;
    const Slowest run = slowest_of(facts, id, *backup);
    const auto due = shortest_gap_of(*backup->schedule, facts.schedules.as_of());
    if (!due || !run.gap || run.length <= *due) return;
    const std::string name = model::qualified_name(facts.plan, id);
    auto& d = sink.report(diagnostics::messages::run_overtaken, backup->schedule->span, diagnostics::Name{name},
                          diagnostics::Duration{run.length}, diagnostics::Duration{*due}, diagnostics::Duration{*run.gap});
    d.subject = {std::string{facts.plan.copies[id].kind_name()}, name};
    d.target = due;
    d.achieved = run.length;
    d.related = {
        {facts.plan.stores[*run.store].heading.span,
         fmt::format("{} to make it + {} to bring it here", format_duration(backup->takes.planning()), format_duration(run.upload))}};
    d.help = fmt::format("starts at least {} apart are kept; a run that is shorter, say incremental, keeps those that the plan has",
                         format_duration(run.length));
}

}  // namespace

void run_overtaken(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.copies.ids()) look_at(facts, id, sink);
}

}  // namespace muster::analysis::rules
