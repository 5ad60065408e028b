// Data that comes back older than its RPO, or not at all, is lost business. The loss is that of the copy that the scenario's
// procedures leave the data with, not of the best one on paper; where a better one lies unused, the finding says so.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/rules/cause.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;
using support::format_duration;

// The interval that would keep the RPO, where any does: what is left of it after damage goes unseen and the run is made.
std::string backup_advice(const Facts& facts, const Estimate& e, const DataOutcome& outcome) {
    const model::Copy& copy = facts.plan.copies[*outcome.from->copy];
    if (copy.backup() == nullptr || !outcome.from->store) return {};
    const auto gap = facts.schedules.run(*outcome.from->copy, *outcome.from->store).gap;
    if (!gap) return {};
    const Time rest = *outcome.rpa - *gap;
    const Time room = outcome.rpo->value - rest;
    if (room > Time::zero()) return fmt::format("runs at most {} apart would keep the RPO", format_duration(room));
    const Time unseen = e.recovery.unseen.value_or(Time::zero());
    if (unseen >= outcome.rpo->value)
        return fmt::format(
            "the damage goes unseen for {}, longer than the RPO: no copy can do better than that; find it sooner, or set an `rpo … under "
            "corruption`",
            format_duration(unseen));
    return fmt::format("a run alone takes {}, longer than the RPO: a replica or a log archive would lose less", format_duration(rest));
}

// Whether all that holds the data is back, with the data intact, before the step begins that writes it.
bool back_before(const Facts& facts, const Estimate& e, const DataOutcome& outcome) {
    if (!outcome.by || e.recovery.copies[outcome.data.value].front().state != CopyState::usable) return false;
    const Times& times = e.outlook.times;
    const auto& holders = facts.plan.data[outcome.data].in;
    return !holders.empty() && std::all_of(holders.begin(), holders.end(), [&](const auto& holder) {
        const NodeId ready = e.recovery.network.ready[holder.value.value];
        return ready == 0 || times.end[ready] <= times.begin[e.recovery.steps[outcome.by->value]];
    });
}

std::string advice(const Facts& facts, const Estimate& e, const DataOutcome& outcome) {
    if (back_before(facts, e, outcome))
        return fmt::format(
            "`{}` is back with its data before step `{}` begins, and nothing would be lost without the step: say in the plan when to leave "
            "it out",
            facts.plan.services[facts.plan.data[outcome.data].in.front().value].heading.name,
            model::qualified_name(facts.plan, *outcome.by));
    if (outcome.better)
        return fmt::format("`{}` is usable too and loses at most {}: recover from it", name_of(facts.plan, *outcome.better),
                           format_duration(*outcome.better->loss));
    return outcome.from && outcome.from->copy ? backup_advice(facts, e, outcome) : std::string{};
}

std::string how_much(const Plan& plan, const Estimate& e, const DataOutcome& outcome) {
    if (outcome.verdict == Verdict::missed)
        return fmt::format("up to {} of it lost with `{}` ({})", format_duration(*outcome.rpa), name_of(plan, *outcome.from),
                           outcome.from->reason);
    if (outcome.by)
        return fmt::format("all of it is lost, since step `{}` never brings a copy back", model::qualified_name(plan, *outcome.by));
    return fmt::format("all of it is lost, since the data is gone ({}) and no step brings a copy back",
                       e.recovery.copies[outcome.data.value].front().reason);
}

void add_places(const Plan& plan, const DataOutcome& outcome, Diagnostic& d) {
    if (outcome.by) d.related.push_back({plan.steps[*outcome.by].heading.span, "the step that decides what the data is left with"});
    if (outcome.from && outcome.from->copy)
        d.related.push_back({plan.copies[*outcome.from->copy].heading.span, fmt::format("loses up to {}", format_duration(*outcome.rpa))});
}

// Where no copy can be used, nothing-clean says so.
bool some_copy_usable(const Estimate& e, const DataOutcome& outcome) {
    const auto& copies = e.recovery.copies[outcome.data.value];
    return std::any_of(copies.begin(), copies.end(), [](const CopyOutcome& copy) { return copy.state == CopyState::usable; });
}

// Where nothing recovers what holds the data, that is the finding.
bool somebody_acts(const Plan& plan, const Estimate& e, const DataOutcome& outcome) {
    if (outcome.by) return true;
    const auto& holders = plan.data[outcome.data].in;
    return std::any_of(holders.begin(), holders.end(),
                       [&](const auto& holder) { return e.recovery.procedure_of[holder.value.value].has_value(); });
}

void report(const Facts& facts, const Estimate& e, const DataOutcome& outcome, diagnostics::Sink& sink) {
    const auto& data = facts.plan.data[outcome.data].heading;
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario].heading;
    Diagnostic& d = sink.report(diagnostics::messages::rpo_missed, outcome.rpo->span, Name{data.name}, Duration{outcome.rpo->value},
                                Name{scenario.name}, Words{how_much(facts.plan, e, outcome)});
    d.primary.text = "RPO declared here";
    d.subject = {"data", data.name};
    d.scenario = scenario.name;
    d.target = outcome.rpo->value;
    d.achieved = outcome.rpa;
    if (outcome.from && outcome.from->copy) d.cause = fmt::format("copy `{}`", name_of(facts.plan, *outcome.from));
    else if (outcome.by) d.cause = cause_of_never(facts.plan, e, e.recovery.steps[outcome.by->value]);
    add_places(facts.plan, outcome, d);
    d.help = advice(facts, e, outcome);
}

}  // namespace

void rpo_missed(const Facts& facts, diagnostics::Sink& sink) {
    for (const Estimate& e : facts.estimates)
        for (const DataOutcome& outcome : e.data) {
            if (!outcome.rpo) continue;
            const bool lost = outcome.verdict == Verdict::lost && some_copy_usable(e, outcome) && somebody_acts(facts.plan, e, outcome);
            if (lost || outcome.verdict == Verdict::missed) report(facts, e, outcome, sink);
        }
}

}  // namespace muster::analysis::rules
