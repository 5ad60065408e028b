#include "backends/runbook/itinerary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "backends/runbook/action.h"
#include "backends/runbook/alternatives.h"
#include "backends/runbook/bash.h"
#include "backends/runbook/danger.h"
#include "backends/runbook/goals.h"
#include "backends/runbook/links.h"
#include "backends/runbook/probe.h"

namespace muster::backends::runbook {
namespace {

using model::Procedure;
using model::Step;

template <class Said, class Name>
std::string joined(const std::vector<Said>& all, const Name& name, std::string_view between) {
    std::string text;
    for (const Said& said : all) {
        if (!text.empty()) text += between;
        text += name(said.value);
    }
    return text;
}

Work probes(const StepIn& in, const std::vector<model::Probe>& all) {
    Work work;
    add_probes(in, all, database_of(in), work);
    return work;
}

void add_skip(Stop& stop) {
    const auto& things = stop.in.step().skip_if_down;
    if (things.empty()) return;
    const model::Plan& plan = stop.in.plan;
    const auto name = [&](model::Thing thing) { return fmt::format("{} {}", kind_of(plan, thing), name_of(plan, thing)); };
    stop.skip_question = fmt::format("Is {} down?", joined(things, name, " or "));
    stop.skip_expected =
        std::any_of(things.begin(), things.end(), [&](const auto& said) { return stop.in.recovery.impact.down(said.value); });
}

// What every action of its kind checks, and how it is taken back, where the plan does not say that itself.
void add_what_goes_with_the_action(Stop& stop) {
    const Step& step = stop.in.step();
    const auto add = [&](Work& to, const std::string& body) {
        to.body = body;
        to.contexts = stop.action.contexts;
    };
    if (!step.own_command.empty()) return;
    if (step.prechecks.empty()) add(stop.precheck, stop.action.precheck);
    if (step.verifications.empty()) add(stop.verify, stop.action.verify), stop.verify.by_hand = stop.action.check_by_hand;
    if (!step.undo) add(stop.undo, stop.action.undo);
}

Stop stop_of(const model::Plan& plan, const analysis::Estimate& estimate, const analysis::PlannedStep& planned, int number,
             const std::map<std::string, std::string>& gone) {
    Stop stop{.in = {plan, estimate.recovery, planned.step, gone}, .number = number};
    const Step& step = stop.in.step();
    stop.name = qualified_name(plan, planned.step);
    stop.who = joined(
        step.by, [&](Id<model::Role> role) { return plan.roles[role].heading.label(); }, ", ");
    if (planned.end != support::never) {
        stop.begin = planned.begin - estimate.clock;
        stop.end = planned.end - estimate.clock;
    }
    if (step.takes) stop.takes = step.takes->value.planning();
    else if (stop.end && planned.end > planned.begin) stop.takes = planned.end - planned.begin;
    add_skip(stop);
    stop.where = where_of(stop.in);
    stop.destroys = destruction_of(stop.in);
    stop.holds = holds_of(plan, step);
    stop.action = work_of(stop.in, number);
    stop.undo = undo_of(stop.in, number);
    stop.precheck = probes(stop.in, step.prechecks);
    stop.done_when = probes(stop.in, step.done_when);
    stop.verify = probes(stop.in, step.verifications);
    add_what_goes_with_the_action(stop);
    return stop;
}

// What the plan's author wrote to be run or done.
std::string own_text(const Step& step) {
    const auto* run = step.action ? std::get_if<model::Run>(&*step.action) : nullptr;
    const auto* manual = step.action ? std::get_if<model::Manual>(&*step.action) : nullptr;
    return step.own_command + (run == nullptr ? "" : run->text) + (manual == nullptr ? "" : manual->text);
}

// Whether the step may bring back the pods of `key`: it applies files, or a text of the plan in it names their workload.
bool may_bring_back(const Step& step, const std::string& key) {
    if (step.action && std::holds_alternative<model::Apply>(*step.action)) return true;
    return own_text(step).find(key.substr(key.rfind('/') + 1)) != std::string::npos;
}

// What has no pods from this step on.
void note_gone(const Stop& stop, std::map<std::string, std::string>& gone) {
    const Step& step = stop.in.step();
    const bool generated = step.action && step.own_command.empty();
    const auto key = [&](const auto& said) { return pods_key(where_of(stop.in, said.value), stop.in.plan.services[said.value]); };
    const auto* scale = generated ? std::get_if<model::Scale>(&*step.action) : nullptr;
    const auto away = generated ? model::taken_away(*step.action) : std::vector<model::SaidId<model::Service>>{};
    for (const auto& said : away)
        if (!workload_of(stop.in.plan.services[said.value]).empty()) gone[key(said)] = stop.name;
    if (!away.empty()) return;
    if (scale == nullptr) std::erase_if(gone, [&](const auto& one) { return may_bring_back(step, one.first); });
    else
        for (const auto& said : scale->services) gone.erase(key(said));
}

}  // namespace

Itinerary itinerary_of(const model::Plan& plan, const analysis::Estimate& estimate) {
    Itinerary itinerary{plan, estimate, plan.scenarios[estimate.recovery.scenario], {}, {}, {}, {}};
    std::map<std::string, std::string> gone;
    int number = 0;
    const auto add = [&](const analysis::PlannedStep& planned, std::vector<Stop>& stops) {
        stops.push_back(stop_of(plan, estimate, planned, ++number, gone));
        note_gone(stops.back(), gone);
    };
    for (const analysis::PlannedStep& planned : estimate.schedule) add(planned, itinerary.stops);
    for (const analysis::PlannedStep& planned : unplanned_steps(plan, estimate)) add(planned, itinerary.alternatives);
    add_alternatives(itinerary);
    link(itinerary);
    add_goals(itinerary);
    add_asks(itinerary);
    return itinerary;
}

std::string Itinerary::undertaking() const { return after.empty() ? "recovery from " + scenario.file_name() : "failback after " + after; }

std::string_view Itinerary::clock_from() const {
    constexpr std::array<std::string_view, 3> names{"disruption", "detection", "declaration"};
    return after.empty() ? names.at(static_cast<std::size_t>(plan.clock)) : "start of the failback";
}

const Stop& stop_at(const Itinerary& itinerary, int number) {
    const auto at = static_cast<std::size_t>(number) - 1;
    return at < itinerary.stops.size() ? itinerary.stops[at] : itinerary.alternatives[at - itinerary.stops.size()];
}

}  // namespace muster::backends::runbook
