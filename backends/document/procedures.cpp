// What no scenario, step, detector or drill turns to has no runbook and no drill: the document is the only place where people find it.
#include <fmt/format.h>

#include "backends/document/sections.h"
#include "backends/shell/variable.h"

namespace muster::backends::document {
namespace {

using model::Plan;
using model::Procedure;
using support::Id;

std::vector<bool> turned_to(const Plan& plan, const Estimates& estimates) {
    std::vector<bool> all(plan.procedures.size());
    const auto mark = [&](Id<Procedure> id) { all[id.value] = true; };
    for (const analysis::Estimate& estimate : estimates) {
        for (const auto id : estimate.recovery.procedures) mark(id);
        for (const auto id : estimate.recovery.turned_to) mark(id);
    }
    for (const model::Scenario& scenario : plan.scenarios)
        for (const model::Choice& choice : scenario.choices)
            for (const auto& said : choice.procedures) mark(said.value);
    for (const model::Step& step : plan.steps)
        if (step.otherwise) mark(step.otherwise->value);
    for (const model::Detector& detector : plan.detectors)
        if (detector.triggers) mark(detector.triggers->value);
    for (const model::Drill& drill : plan.drills)
        for (const model::Exercise& exercise : drill.exercises)
            if (exercise.procedure) mark(*exercise.procedure);
    return all;
}

std::string restored(const Plan& plan, const model::Restore& restore) {
    const std::string from = restore.copy    ? plan.copies[*restore.copy].heading.name
                             : restore.store ? plan.stores[*restore.store].heading.name
                                             : std::string("a copy");
    return fmt::format("restore {} from {}", joined(restore.data, [&](const auto& one) { return plan.data[one.value].heading.name; }),
                       from);
}

page::Verbatim what_to_do(const Plan& plan, const model::Step& step) {
    if (!step.own_command.empty()) return {"bash", step.own_command};
    if (const auto* run = step.action ? std::get_if<model::Run>(&*step.action) : nullptr) return {"bash", run->text};
    if (const auto* manual = step.action ? std::get_if<model::Manual>(&*step.action) : nullptr) return {"text", manual->text};
    if (const auto* restore = step.action ? std::get_if<model::Restore>(&*step.action) : nullptr) return {"text", restored(plan, *restore)};
    return {"text", step.action ? std::string(model::action_name(*step.action)) : std::string()};
}

std::string who_and_how_long(const Plan& plan, const model::Step& step) {
    std::string text = joined(step.by, [&](const auto& role) { return plan.roles[role.value].heading.label(); });
    if (step.takes) text += fmt::format("{}takes {}", text.empty() ? "" : ", ", written(step.takes->value));
    return text;
}

void add_procedure(page::Page& page, const Plan& plan, const Procedure& procedure) {
    page.add(page::Heading{3, procedure.heading.label()});
    for (const std::string& note : procedure.heading.notes) page.say(note);
    page::Bullets asked;
    for (const model::Question& one : procedure.asks)
        asked.items.push_back({page::code("MUSTER_" + shell::variable_part(one.name)), page::plain(": " + one.text)});
    page.add(std::move(asked));
    int number = 0;
    for (const auto id : procedure.steps) {
        const model::Step& step = plan.steps[id];
        page.add(page::Heading{4, fmt::format("{}. {}", ++number, step.heading.label())});
        page.say(who_and_how_long(plan, step));
        if (!step.only_if.empty()) page.say("Only if: " + step.only_if);
        page::Verbatim text = what_to_do(plan, step);
        if (!text.text.empty()) page.add(std::move(text));
    }
}

}  // namespace

void add_procedures(page::Page& page, const Plan& plan, const Estimates& estimates) {
    const std::vector<bool> elsewhere = turned_to(plan, estimates);
    bool first = true;
    for (const auto id : plan.procedures.ids()) {
        if (elsewhere[id.value]) continue;
        if (first) page.add(page::Heading{2, "Procedures for other days"});
        first = false;
        add_procedure(page, plan, plan.procedures[id]);
    }
}

}  // namespace muster::backends::document
