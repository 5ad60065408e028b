// A loss that nobody can tell is not small. An archive that is shipped whenever its log is full, a replica that may be any time behind, a
// schedule that never starts: each looks like a copy, and none of them keeps an RPO that anyone could show.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

// Whether nobody knows for how long the damage of this data went unseen.
bool unseen_for_unknown_time(const Estimate& e, Id<model::Dataset> data) {
    return !e.recovery.unseen && e.recovery.copies[data.value].front().state == CopyState::tainted;
}

// Then the RTA is mostly not known either, and that is the finding.
bool said_by_time_unknown(const Estimate& e, Id<model::Dataset> data) {
    return unseen_for_unknown_time(e, data) && std::any_of(e.services.begin(), e.services.end(), [](const ServiceOutcome& outcome) {
               return outcome.rto && outcome.verdict == Verdict::unknown;
           });
}

std::string advice(const Facts& facts, const Estimate& e, Id<model::Dataset> data, const CopyOutcome& from) {
    if (unseen_for_unknown_time(e, data)) return "say `undetected for …` in the scenario, or add a detector that `sees corruption`";
    if (!from.copy) return {};
    const model::Copy& copy = facts.plan.copies[*from.copy];
    if (const auto* archive = copy.archive(); archive != nullptr && !archive->every) return interval_advice(facts.plan, copy);
    if (copy.backup() != nullptr && !facts.schedules.run(*from.copy, *from.store).upload) return "say how long its `upload` takes";
    if (copy.backup() != nullptr && !facts.schedules.run(*from.copy, *from.store).gap) return "give it a schedule by which it starts";
    if (const auto* replica = copy.replica(); replica != nullptr && !replica->lag && !replica->synchronous && !replica->delayed)
        return "say its `lag`: how far it may be behind";
    return {};
}

void report(const Facts& facts, const Estimate& e, const DataOutcome& outcome, diagnostics::Sink& sink) {
    const auto& data = facts.plan.data[outcome.data].heading;
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario].heading;
    const CopyOutcome& from = *outcome.from;
    auto& d =
        sink.report(diagnostics::messages::loss_unknown, outcome.rpo->span, diagnostics::Name{data.name}, diagnostics::Name{scenario.name},
                    diagnostics::Words{fmt::format("it is left with `{}`: {}", name_of(facts.plan, from), from.reason)});
    d.primary.text = "RPO declared here";
    d.subject = {"data", data.name};
    d.scenario = scenario.name;
    d.target = outcome.rpo->value;
    d.cause = fmt::format("copy `{}`", name_of(facts.plan, from));
    if (outcome.by) d.related.push_back({facts.plan.steps[*outcome.by].heading.span, "the step that decides what the data is left with"});
    if (from.copy) d.related.push_back({facts.plan.copies[*from.copy].heading.span, "how much this loses is not known"});
    d.help = advice(facts, e, outcome.data, from);
}

}  // namespace

void loss_unknown(const Facts& facts, diagnostics::Sink& sink) {
    for (const Estimate& e : facts.estimates)
        for (const DataOutcome& outcome : e.data) {
            const bool unknown = outcome.rpo && outcome.from && outcome.verdict == Verdict::unknown;
            if (unknown && !said_by_time_unknown(e, outcome.data)) report(facts, e, outcome, sink);
        }
}

}  // namespace muster::analysis::rules
