#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "backends/jobs/drill_script.h"
#include "backends/jobs/tools.h"
#include "compiler/analysis/recovery.h"
#include "compiler/support/utf8.h"

namespace muster::backends::jobs {
namespace {

using model::Copy;
using model::Plan;
using model::Step;

class Gathering {
public:
    Gathering(const Plan& plan, const Schedules& schedules) : plan_(plan), schedules_(schedules) {}

    void add(const model::Exercise& exercise) {
        if (exercise.backup) add_backup(*exercise.backup);
        if (exercise.procedure) add_procedure(*exercise.procedure);
        if (exercise.scenario) add_scenario(*exercise.scenario);
    }

    DrillPlan take() { return std::move(made_); }

private:
    void add_backup(Id<Copy> copy) {
        for (const auto& data : plan_.copies[copy].of)
            if (!add_restore(data.value, copy, std::nullopt))
                by_hand("restore " + plan_.data[data.value].heading.name + " from " + qualified_name(plan_, copy), {});
    }

    void add_procedure(Id<model::Procedure> procedure) {
        for (const Id<Step> step : plan_.procedures[procedure].steps)
            if (seen_.insert(step).second && !restores(step)) by_hand(step);
    }

    // The copies that the model chose are added for the steps that restore; all other steps are for people.
    void add_scenario(Id<model::Scenario> scenario) {
        const analysis::Recovery recovery = analysis::recover(plan_, scenario, schedules_);
        if (recovery.procedures.empty()) by_hand("scenario " + plan_.scenarios[scenario].heading.name, "the plan has no procedure for it");
        for (const auto procedure : recovery.procedures)
            for (const Id<Step> step : plan_.procedures[procedure].steps)
                if (seen_.insert(step).second && !restores(step, recovery)) by_hand(step);
    }

    bool restores(Id<Step> step, const analysis::Recovery& recovery) {
        bool all = restore_of(step) != nullptr;
        for (const analysis::Source& source : recovery.sources)
            if (source.step == step)
                all = all && source.copy && source.copy->copy && add_restore(source.data, *source.copy->copy, source.copy->store);
        return all;
    }

    bool restores(Id<Step> step) {
        const model::Restore* restore = restore_of(step);
        if (restore == nullptr) return false;
        return std::ranges::all_of(restore->data, [&](const auto& data) {
            const auto copy = restore->copy ? restore->copy : written_to(data.value, restore->store);
            return copy && add_restore(data.value, *copy, restore->store);
        });
    }

    [[nodiscard]] const model::Restore* restore_of(Id<Step> step) const {
        const auto& action = plan_.steps[step].action;
        return action ? std::get_if<model::Restore>(&*action) : nullptr;
    }

    [[nodiscard]] std::optional<Id<Copy>> written_to(Id<model::Dataset> data, std::optional<Id<model::Store>> store) const {
        for (const Id<Copy> copy : plan_.index.copies[data.value]) {
            const auto stores = plan_.copies[copy].stores();
            if (store && std::ranges::find(stores, *store) != stores.end()) return copy;
        }
        return std::nullopt;
    }

    // False where no command here restores that copy.
    bool add_restore(Id<model::Dataset> data, Id<Copy> id, std::optional<Id<model::Store>> store) {
        const model::Backup* backup = plan_.copies[id].backup();
        if (backup == nullptr || backup->snapshot) return false;
        const Tool tool = tool_of(plan_, plan_.copies[id]);
        if (tool != Tool::pg_dump && tool != Tool::tar) return false;
        for (const auto candidate : first_stores(*backup)) {
            if ((store && *store != candidate) || !shelf_of(plan_.stores[candidate]).reachable()) continue;
            if (rehearsed_.insert({data, id, candidate}).second) made_.rehearsals.push_back({data, id, candidate});
            return true;
        }
        return false;
    }

    void by_hand(Id<Step> id) {
        const Step& step = plan_.steps[id];
        std::string text = step.own_command;
        if (text.empty() && step.action) {
            if (const auto* run = std::get_if<model::Run>(&*step.action)) text = run->text;
            else if (const auto* manual = std::get_if<model::Manual>(&*step.action)) text = manual->text;
            else text = action_name(*step.action);
        }
        by_hand(fmt::format("{}: {}", qualified_name(plan_, id), step.heading.label()), text);
    }

    void by_hand(const std::string& what, const std::string& text) {
        std::string lines = support::printable(what);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            lines += "\n    " + support::printable(std::string_view(text).substr(at, end - at));
            at = end + 1;
        }
        made_.by_hand.push_back(lines);
    }

    const Plan& plan_;
    const Schedules& schedules_;
    DrillPlan made_;
    std::set<Id<Step>> seen_;
    std::set<std::tuple<Id<model::Dataset>, Id<Copy>, Id<model::Store>>> rehearsed_;
};

}  // namespace

DrillPlan drill_plan(const Plan& plan, const model::Drill& drill, const Schedules& schedules) {
    Gathering gathering(plan, schedules);
    for (const model::Exercise& exercise : drill.exercises) gathering.add(exercise);
    return gathering.take();
}

}  // namespace muster::backends::jobs
