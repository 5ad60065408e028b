// A restore reads what a backup wrote. Where no backup writes there, the step fails on the worst day, at the moment when the old
// data is already gone.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/replication.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;
using model::Restore;

// Whether the copy is written to the store, or to one that leads there.
bool writes_to(const Plan& plan, support::Id<model::Copy> copy, support::Id<model::Store> store) {
    const auto stores = plan.copies[copy].stores();
    if (std::find(stores.begin(), stores.end(), store) != stores.end()) return true;
    const auto arriving = replicated(plan, plan.copies[copy]);
    return std::any_of(arriving.begin(), arriving.end(), [&](const Replicated& one) { return one.to == store; });
}

// What is wrong with the place that `restore` reads `data` from; empty where something writes there.
std::string fault_of(const Plan& plan, const Restore& restore, support::Id<model::Dataset> data) {
    if (restore.store) {
        const auto copies = plan.index.copies[data.value];
        const bool written = std::any_of(copies.begin(), copies.end(), [&](auto copy) { return writes_to(plan, copy, *restore.store); });
        return written ? "" : "to which no copy of it is ever written";
    }
    const model::Copy& copy = plan.copies[*restore.copy];
    if (copy.replica() != nullptr) return "";
    if (copy.stores().empty()) return "which is written to no store";
    if (copy.backup() != nullptr && !copy.backup()->schedule) return "which no schedule ever makes";
    return "";
}

// Where the data is in fact written, for advice.
std::string written_places(const Plan& plan, support::Id<model::Dataset> data) {
    std::string text;
    for (const auto copy : plan.index.copies[data.value])
        for (const auto store : plan.copies[copy].stores())
            text +=
                fmt::format("{}`{}` to `{}`", text.empty() ? "" : ", ", plan.copies[copy].heading.name, plan.stores[store].heading.name);
    return text;
}

void check_step(const Facts& facts, support::Id<model::Step> id, diagnostics::Sink& sink) {
    const Plan& plan = facts.plan;
    const model::Step& step = plan.steps[id];
    const auto* restore = step.action ? std::get_if<Restore>(&*step.action) : nullptr;
    if (restore == nullptr) return;
    for (const auto& data : restore->data) {
        const std::string fault = fault_of(plan, *restore, data.value);
        if (fault.empty()) continue;
        const auto& source = restore->store ? plan.stores[*restore->store].heading : plan.copies[*restore->copy].heading;
        auto& d =
            sink.report(diagnostics::messages::restore_without_source, restore->from, diagnostics::Name{model::qualified_name(plan, id)},
                        diagnostics::Name{plan.data[data.value].heading.name}, diagnostics::Name{source.name}, diagnostics::Words{fault});
        d.related = {{source.span, "declared here"}};
        d.subject = {"step", model::qualified_name(plan, id)};
        d.cause = fmt::format("{} from {}", plan.data[data.value].heading.name, source.name);
        const std::string written = written_places(plan, data.value);
        d.help =
            written.empty() ? "declare a backup that writes there" : fmt::format("restore from where the data is written: {}", written);
    }
}

}  // namespace

void restore_without_source(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.steps.ids()) check_step(facts, id, sink);
}

}  // namespace muster::analysis::rules
