#include "simulator/compound.h"

#include <algorithm>

#include "simulator/crew.h"
#include "simulator/overlap.h"

namespace muster::simulator {
namespace {

using support::never;

using SaidLength = std::optional<support::Said<model::Duration>>;

SaidLength longer(const SaidLength& a, const SaidLength& b) {
    if (!a || !b) return a ? a : b;
    return a->value.planning() >= b->value.planning() ? a : b;
}

template <class List>
void append(List& to, const List& from) {
    to.insert(to.end(), from.begin(), from.end());
}

// `follow P` names no service; a choice all of whose services have been chosen for adds nothing.
void add_choice(std::vector<model::Choice>& choices, model::Choice choice) {
    if (choice.services.empty()) return choices.push_back(std::move(choice));
    std::erase_if(choice.services, [&](const auto& service) {
        return std::any_of(choices.begin(), choices.end(), [&](const model::Choice& other) {
            return std::any_of(other.services.begin(), other.services.end(), [&](const auto& one) { return one.value == service.value; });
        });
    });
    if (!choice.services.empty()) choices.push_back(std::move(choice));
}

// As the language has it: the greater, the graver.
int gravity(model::DisruptionKind kind) {
    using model::DisruptionKind;
    switch (kind) {
        case DisruptionKind::hardware: return 0;
        case DisruptionKind::people: return 1;
        case DisruptionKind::zone: return 2;
        case DisruptionKind::region: return 3;
        case DisruptionKind::provider: return 4;
        case DisruptionKind::corruption: return 5;
        case DisruptionKind::malice: return 6;
    }
    __builtin_unreachable();
}

std::optional<Time> time_of(const std::optional<support::Said<Time>>& said) { return said ? std::optional(said->value) : std::nullopt; }

// What one scenario is compared by.
std::vector<Shift> blank_of(const Rehearsal& rehearsal) {
    const model::Plan& plan = rehearsal.plan();
    std::vector<Shift> shifts;
    const auto add = [&](const std::string& name, bool service, const std::optional<Time>& objective) {
        Shift shift;
        shift.scenario = plan.scenarios[rehearsal.estimate().recovery.scenario].heading.name;
        shift.name = name;
        shift.service = service;
        shift.objective_before = shift.objective_after = objective;
        shifts.push_back(std::move(shift));
    };
    for (const auto& one : rehearsal.estimate().services) add(plan.services[one.service].heading.name, true, time_of(one.rto));
    for (const auto& one : rehearsal.estimate().data) add(plan.data[one.data].heading.name, false, time_of(one.rpo));
    return shifts;
}

void add(std::vector<Shift>& shifts, const Outcome& alone, const Outcome& beside) {
    for (std::size_t i = 0; i < alone.rta.size(); ++i) shifts[i].add(alone.rta[i], beside.rta[i]);
    for (std::size_t i = 0; i < alone.rpa.size(); ++i) shifts[alone.rta.size() + i].add(alone.rpa[i], beside.rpa[i]);
}

// The last that happens of it.
Time length_of(const Rehearsal& rehearsal, const Outcome& outcome) {
    Time last{0};
    for (const analysis::NodeId reached : rehearsal.estimate().recovery.network.reached)
        if (reached != 0 && outcome.times.end(reached) != never) last = std::max(last, outcome.times.end(reached));
    return last;
}

}  // namespace

model::Scenario together(const model::Scenario& a, const model::Scenario& b) {
    model::Scenario both = a;
    both.heading.name = a.heading.name + " + " + b.heading.name;
    both.heading.title.clear();
    both.family.clear();
    append(both.effects, b.effects);
    append(both.cuts, b.cuts);
    append(both.detected_by, b.detected_by);
    for (const model::Choice& choice : b.choices) add_choice(both.choices, choice);
    both.likelihood.reset();
    both.lasts = a.lasts && b.lasts ? longer(a.lasts, b.lasts) : std::nullopt;
    both.undetected_for = longer(a.undetected_for, b.undetected_for);
    both.detected_after = longer(a.detected_after, b.detected_after);
    both.kind = gravity(a.kind) >= gravity(b.kind) ? a.kind : b.kind;
    return both;
}

std::vector<std::string> taken_by_both(const model::Plan& plan, Id<model::Scenario> a, Id<model::Scenario> b, analysis::Instant as_of) {
    const analysis::Schedules schedules(plan, as_of);
    const analysis::Impact one = analysis::recover(plan, a, schedules).impact, other = analysis::recover(plan, b, schedules).impact;
    std::vector<std::string> names;
    for (const auto id : plan.services.ids())
        if (one.services[id.value] == analysis::State::failed && other.services[id.value] == analysis::State::failed)
            names.push_back(plan.services[id].heading.name);
    for (const auto id : plan.data.ids())
        if (one.data_damaged[id.value] && other.data_damaged[id.value]) names.push_back(plan.data[id].heading.name);
    return names;
}

std::vector<Shift> compare_during(const model::Plan& plan, Id<model::Scenario> a, Id<model::Scenario> b, const Options& options) {
    const analysis::Schedules schedules(plan, options.as_of);
    const Rehearsal first(plan, a, schedules), second(plan, b, schedules);
    const std::vector<Shift> blanks[] = {blank_of(first), blank_of(second)};
    std::vector<Shift> total[] = {blanks[0], blanks[1]};
    const std::uint64_t stream = entity("during " + plan.scenarios[a].heading.name + " comes " + plan.scenarios[b].heading.name);
    const auto make = [&](std::uint64_t trial, std::pair<std::vector<Shift>, std::vector<Shift>>& own) {
        const Draws draws(options.seed, trial), others(options.seed, trial, stream);
        const Instant t0 = first.sampler().moment(Chance(draws, &plan.origins));
        const Outcome alone = outcomes({{&first, draws, t0, Time::zero()}}).front();
        const Time offset = fraction(length_of(first, alone), others.uniform(stream, 0, 0));
        const Outcome other_alone = outcomes({{&second, others, t0 + offset, Time::zero()}}).front();
        const std::vector<Outcome> both = outcomes({{&first, draws, t0, Time::zero()}, {&second, others, t0 + offset, offset}});
        add(own.first, alone, both[0]);
        add(own.second, other_alone, both[1]);
    };
    by_threads(
        0, options.trials, options.threads, [&] { return std::pair(blanks[0], blanks[1]); }, make,
        [&](const std::pair<std::vector<Shift>, std::vector<Shift>>& own) {
            for (std::size_t i = 0; i < total[0].size(); ++i) total[0][i].merge(own.first[i]);
            for (std::size_t i = 0; i < total[1].size(); ++i) total[1][i].merge(own.second[i]);
        });
    total[0].insert(total[0].end(), total[1].begin(), total[1].end());
    return total[0];
}

}  // namespace muster::simulator
