#include <fmt/format.h>

#include <algorithm>

#include "backends/jobs/drill_script.h"
#include "backends/jobs/tools.h"
#include "compiler/analysis/closing.h"

namespace muster::backends::jobs {
namespace {

using model::Copy;
using model::Plan;
using model::Step;

std::string names_of(const Plan& plan, const Step& step) {
    std::string text;
    for (const auto& said : step.by) text += (text.empty() ? "" : ", ") + plan.roles[said.value].heading.label();
    return text;
}

// What a person is to do, as far as the plan says it.
std::string instruction(const Step& step) {
    if (!step.own_command.empty()) return step.own_command;
    if (!step.action) return step.heading.label();
    if (const auto* run = std::get_if<model::Run>(&*step.action)) return run->text;
    if (const auto* manual = std::get_if<model::Manual>(&*step.action)) return manual->text;
    return std::string(model::action_name(*step.action));
}

// What a step of a script does without anybody.
std::string command_of(const Step& step) {
    if (!step.by.empty()) return {};
    if (!step.own_command.empty()) return step.own_command;
    const auto* run = step.action ? std::get_if<model::Run>(&*step.action) : nullptr;
    return run == nullptr ? std::string() : run->text;
}

// Whether a disaster may turn to it.
bool is_for_disasters(const Plan& plan, Id<model::Procedure> id) {
    const auto is_it = [&](const auto& said) { return said.value == id; };
    const auto chosen = [&](const model::Choice& choice) { return std::ranges::any_of(choice.procedures, is_it); };
    return !plan.procedures[id].recovers.empty() ||
           std::ranges::any_of(plan.scenarios, [&](const auto& scenario) { return std::ranges::any_of(scenario.choices, chosen); }) ||
           std::ranges::any_of(plan.steps, [&](const Step& step) { return step.otherwise && is_it(*step.otherwise); }) ||
           std::ranges::any_of(plan.detectors, [&](const auto& detector) { return detector.triggers && is_it(*detector.triggers); });
}

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
        for (const auto& data : plan_.copies[copy].of) {
            const std::string name = plan_.copies[copy].heading.name + " of " + plan_.data[data.value].heading.name;
            const auto rehearsal = rehearsal_of(data.value, copy, std::nullopt);
            DrillStep step{.name = name, .title = "Restore it", .text = rehearsal ? "" : "restore " + name, .begin = Time{0}};
            if (rehearsal) rehearse(step, {*rehearsal});
            step.end = step.planned;
            made_.steps.push_back(std::move(step));
            judge_restore(made_.steps.size() - 1, data.value, name,
                          rehearsal ? std::optional(made_.steps.back().rehearsals.front()) : std::nullopt);
        }
    }

    // Without a scenario a restore has to keep the RTO of whatever holds the data, counted from where the exercise begins.
    void judge_restore(std::size_t place, Id<model::Dataset> data, const std::string& in, std::optional<std::size_t> rehearsal) {
        std::optional<Time> smallest;
        for (const auto& holder : plan_.data[data].in)
            if (const auto rto = rto_of(plan_, holder.value, model::DisruptionKind::hardware))
                smallest = std::min(smallest.value_or(rto->value), rto->value);
        const std::string& name = plan_.data[data].heading.name;
        if (smallest) made_.services.push_back({"what holds " + name, in, smallest, made_.steps[place].end, {{place, Time{0}}}});
        const auto rpo = rpo_of(plan_, data, model::DisruptionKind::hardware);
        if (rpo && rehearsal) made_.data.push_back({name, in, rpo->value, {}, rehearsal});
    }

    void add_procedure(Id<model::Procedure> procedure) {
        std::map<Id<Step>, std::size_t> places;
        const bool own_script = !is_for_disasters(plan_, procedure);
        for (const Id<Step> id : plan_.procedures[procedure].steps) {
            const Step& said = plan_.steps[id];
            DrillStep step = step_of(id);
            if (said.takes) step.planned = said.takes->value.planning();
            if (const auto rehearsals = named_rehearsals(id)) rehearse(step, *rehearsals);
            else step.text = instruction(said);
            if (step.rehearsals.empty() && own_script) step.command = command_of(said);
            if (said.on) step.cluster = plan_.sites[said.on->value.site].cluster;
            link(id, step, places);
            time(made_.steps.back());
        }
        for (const auto& [id, place] : places)
            for (const std::size_t rehearsal : made_.steps[place].rehearsals)
                judge_restore(place, made_.rehearsals[rehearsal].data, plan_.procedures[procedure].heading.name, rehearsal);
    }

    // Without a scenario a step begins when those before it have ended, from 0.
    void time(DrillStep& step) const {
        Time begin{0};
        for (const std::size_t before : step.after) {
            if (!made_.steps[before].end) return;
            begin = std::max(begin, *made_.steps[before].end);
        }
        step.begin = begin;
        if (step.planned) step.end = support::later(begin, *step.planned);
    }

    void add_scenario(Id<model::Scenario> id) {
        const model::Scenario& scenario = plan_.scenarios[id];
        const analysis::Estimate estimate = analysis::estimate(plan_, id, schedules_);
        std::map<Id<Step>, std::size_t> places;
        std::size_t number = 0;
        for (const analysis::PlannedStep& planned : estimate.schedule) {
            ++number;
            if (analysis::skipped(estimate.recovery.impact, plan_.steps[planned.step])) continue;
            DrillStep step = step_of(planned.step);
            step.runbook = scenario.file_name(), step.number = number;
            if (planned.end != support::never) {
                step.begin = planned.begin - estimate.clock, step.end = planned.end - estimate.clock;
                step.planned = planned.end - planned.begin;
            }
            if (const auto rehearsals = modelled_rehearsals(planned.step, estimate.recovery)) rehearse(step, *rehearsals);
            else step.text = instruction(plan_.steps[planned.step]);
            link(planned.step, step, places);
        }
        if (estimate.schedule.empty()) nothing_to_follow(scenario);
        judge(estimate, scenario, places);
    }

    void nothing_to_follow(const model::Scenario& scenario) {
        made_.steps.push_back({.name = "scenario " + scenario.file_name(),
                               .title = "The plan has no procedure for it",
                               .text = "the plan has no procedure for it"});
    }

    void judge(const analysis::Estimate& estimate, const model::Scenario& scenario, const std::map<Id<Step>, std::size_t>& places) {
        for (const analysis::ServiceOutcome& outcome : estimate.services) {
            if (outcome.state < analysis::State::impaired) continue;
            DrillService service{plan_.services[outcome.service].heading.name, scenario.file_name(), {}, outcome.rta, {}};
            if (outcome.rto) service.rto = outcome.rto->value;
            for (const analysis::Closing& closing : analysis::closing_steps(estimate, outcome))
                if (const auto at = places.find(closing.step); at != places.end()) service.closing.emplace_back(at->second, closing.rest);
            made_.services.push_back(std::move(service));
        }
        for (const analysis::DataOutcome& outcome : estimate.data)
            if (outcome.by) judge(outcome, scenario);
    }

    void judge(const analysis::DataOutcome& outcome, const model::Scenario& scenario) {
        DrillData data{plan_.data[outcome.data].heading.name, scenario.file_name(), {}, outcome.rpa, {}};
        if (outcome.rpo) data.rpo = outcome.rpo->value;
        for (std::size_t i = 0; i < made_.rehearsals.size(); ++i)
            if (made_.rehearsals[i].data == outcome.data && outcome.from && outcome.from->copy == made_.rehearsals[i].copy)
                data.rehearsal = i;
        made_.data.push_back(std::move(data));
    }

    DrillStep step_of(Id<Step> id) const {
        const Step& step = plan_.steps[id];
        return {.name = qualified_name(plan_, id), .title = step.heading.title, .who = names_of(plan_, step)};
    }

    void link(Id<Step> id, DrillStep& step, std::map<Id<Step>, std::size_t>& places) {
        for (const Id<Step> before : plan_.steps[id].after)
            if (const auto at = places.find(before); at != places.end()) step.after.push_back(at->second);
        places.emplace(id, made_.steps.size());
        made_.steps.push_back(std::move(step));
    }

    // Each restore once: what another step has restored is not restored again.
    void rehearse(DrillStep& step, const std::vector<Rehearsal>& rehearsals) {
        std::optional<Time> sum{Time{0}};
        for (const Rehearsal& one : rehearsals) {
            const auto known = std::ranges::find(made_.rehearsals, one);
            step.rehearsals.push_back(static_cast<std::size_t>(known - made_.rehearsals.begin()));
            if (known == made_.rehearsals.end()) made_.rehearsals.push_back(one);
            const auto planned = analysis::restore_time(plan_, one.data, one.copy, one.store, schedules_).planning();
            sum = sum && planned ? std::optional(support::later(*sum, *planned)) : std::nullopt;
        }
        if (!step.planned) step.planned = sum;
    }

    // The restores of a step with the copies that the model chose; nothing where one of them is not for commands.
    std::optional<std::vector<Rehearsal>> modelled_rehearsals(Id<Step> step, const analysis::Recovery& recovery) const {
        if (restore_of(step) == nullptr) return std::nullopt;
        std::vector<Rehearsal> all;
        for (const analysis::Source& source : recovery.sources) {
            if (source.step != step) continue;
            const auto one =
                source.copy && source.copy->copy ? rehearsal_of(source.data, *source.copy->copy, source.copy->store) : std::nullopt;
            if (!one) return std::nullopt;
            all.push_back(*one);
        }
        return all.empty() ? std::nullopt : std::optional(all);
    }

    // The same with the copies that the step names.
    std::optional<std::vector<Rehearsal>> named_rehearsals(Id<Step> step) const {
        const model::Restore* restore = restore_of(step);
        if (restore == nullptr) return std::nullopt;
        std::vector<Rehearsal> all;
        for (const auto& data : restore->data) {
            const auto copy = restore->copy ? restore->copy : written_to(data.value, restore->store);
            const auto one = copy ? rehearsal_of(data.value, *copy, restore->store) : std::nullopt;
            if (!one) return std::nullopt;
            all.push_back(*one);
        }
        return all.empty() ? std::nullopt : std::optional(all);
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

    // Nothing where no command here restores that copy.
    [[nodiscard]] std::optional<Rehearsal> rehearsal_of(Id<model::Dataset> data, Id<Copy> id, std::optional<Id<model::Store>> store) const {
        const model::Backup* backup = plan_.copies[id].backup();
        if (backup == nullptr || backup->snapshot) return std::nullopt;
        const Tool tool = tool_of(plan_, plan_.copies[id]);
        if (tool != Tool::pg_dump && tool != Tool::pg_basebackup && tool != Tool::tar) return std::nullopt;
        for (const auto candidate : first_stores(*backup))
            if ((!store || *store == candidate) && shelf_of(plan_.stores[candidate]).reachable()) return Rehearsal{data, id, candidate};
        return std::nullopt;
    }

    const Plan& plan_;
    const Schedules& schedules_;
    DrillPlan made_;
};

}  // namespace

DrillPlan drill_plan(const Plan& plan, const model::Drill& drill, const Schedules& schedules) {
    Gathering gathering(plan, schedules);
    for (const model::Exercise& exercise : drill.exercises) gathering.add(exercise);
    return gathering.take();
}

}  // namespace muster::backends::jobs
