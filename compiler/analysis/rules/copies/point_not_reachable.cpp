// "To 14:29, the minute before" is asked of whatever copy there is, and only a log can answer it. A dump has the moment that it was
// made at; between two dumps there is nothing to go to, however the command is spelt.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;
using model::Restore;

bool writes_to(const model::Copy& copy, Id<model::Store> store) {
    const auto stores = copy.stores();
    return std::find(stores.begin(), stores.end(), store) != stores.end();
}

// What a step that names a store restores from: an archive there if there is one, else a copy made at times.
std::optional<Id<model::Copy>> source_of(const Plan& plan, const Restore& restore, Id<model::Dataset> data) {
    if (restore.copy) return restore.copy;
    std::optional<Id<model::Copy>> found;
    for (const auto id : plan.index.copies[data.value]) {
        if (!writes_to(plan.copies[id], *restore.store)) continue;
        if (plan.copies[id].archive() != nullptr) return id;
        if (plan.copies[id].backup() != nullptr) found = id;
    }
    return found;
}

std::string distance(const Facts& facts, Id<model::Copy> id) {
    for (const auto store : facts.plan.copies[id].stores())
        if (const auto gap = facts.schedules.run(id, store).gap) return fmt::format(", up to {} apart", support::format_duration(*gap));
    return "";
}

std::string advice(const Plan& plan, Id<model::Dataset> data) {
    for (const auto id : plan.index.copies[data.value])
        if (plan.copies[id].archive() != nullptr)
            return fmt::format("restore from `{}`, whose log reaches any moment that it holds", plan.copies[id].heading.name);
    return "declare an `archive` of its log on a `base` and restore from that; or say `before damage`: the last run before it";
}

// Whether the step is called a recovery to a point in time. What a replayed log lacks is a mistake of its own (oplog-not-recorded).
bool is_called_so(const model::Step& step) {
    std::string name = step.heading.name + " " + step.heading.title;
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool says = name.find("pitr") != std::string::npos || name.find("point-in-time") != std::string::npos;
    return says && step.own_command.find("oplogReplay") == std::string::npos;
}

void look_at(const Facts& facts, Id<model::Step> id, const Restore& restore, Id<model::Dataset> data, diagnostics::Sink& sink) {
    const auto source = source_of(facts.plan, restore, data);
    if (!source || facts.plan.copies[*source].backup() == nullptr) return;
    const model::Copy& copy = facts.plan.copies[*source];
    const std::string name = model::qualified_name(facts.plan, id);
    auto& d = sink.report(diagnostics::messages::point_not_reachable, restore.point.empty() ? restore.from : restore.point_span,
                          diagnostics::Name{name}, diagnostics::Name{facts.plan.data[data].heading.name},
                          diagnostics::Name{copy.heading.name}, diagnostics::Words{distance(facts, *source)});
    d.subject = {"step", name};
    d.related = {{copy.heading.span, fmt::format("a {}, declared here", copy.kind_name())}};
    d.help = advice(facts.plan, data);
}

}  // namespace

void point_not_reachable(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto id : facts.plan.steps.ids()) {
        const auto& action = facts.plan.steps[id].action;
        const auto* restore = action ? std::get_if<Restore>(&*action) : nullptr;
        if (restore == nullptr || (restore->point.empty() && !is_called_so(facts.plan.steps[id]))) continue;
        for (const auto& data : restore->data) look_at(facts, id, *restore, data.value, sink);
    }
}

}  // namespace muster::analysis::rules
