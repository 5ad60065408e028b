// Each copy is there for some disaster, and this one leaves none of them: the replicas followed the damage, the attacker reaches the
// backups, the key went with the site. The plan is a total loss in this scenario, whatever its procedures do.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/holdings.h"
#include "compiler/analysis/rules/cause.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;
using support::format_duration;

using Rows = std::vector<CopyOutcome>;

const CopyOutcome* first_in(const Rows& rows, CopyState state) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const CopyOutcome& row) { return row.copy && row.state == state; });
    return found == rows.end() ? nullptr : &*found;
}

// How long a store has to be immutable so that an attacker who went unseen so long finds something that he cannot change.
std::string lock_advice(const Facts& facts, const Estimate& e, const CopyOutcome& row) {
    const auto gap = row.store ? facts.schedules.run(*row.copy, *row.store).gap : std::nullopt;
    if (!row.store || !gap || !e.recovery.unseen) return "keep a copy in an account and at a site that the attacker does not reach";
    return fmt::format("`immutable {}` in `{}` would leave a clean one ({} unseen + {} between two runs); so would a store out of reach",
                       format_duration(*e.recovery.unseen + *gap), facts.plan.stores[*row.store].heading.name,
                       format_duration(*e.recovery.unseen), format_duration(*gap));
}

std::string advice(const Facts& facts, const Estimate& e, const Rows& rows) {
    if (const auto* row = first_in(rows, CopyState::expired))
        return row->loss && *row->loss != support::never ? fmt::format("`keep {}` would still have the last clean point of `{}`",
                                                                       format_duration(*row->loss), name_of(facts.plan, *row))
                                                         : "keep the copies longer";
    if (const auto* row = first_in(rows, CopyState::compromised)) return lock_advice(facts, e, *row);
    if (first_in(rows, CopyState::lost) != nullptr) return "keep a copy, and what it takes to read it, out of reach of this scenario";
    return "only what keeps the past helps: a `backup`, a `snapshot`, an `archive`, or a replica that is `delayed` by more than it takes "
           "to "
           "find the damage";
}

void report(const Facts& facts, const Estimate& e, Id<model::Dataset> id, const Rows& rows, diagnostics::Sink& sink) {
    const auto& data = facts.plan.data[id].heading;
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario].heading;
    auto& d = sink.report(diagnostics::messages::nothing_clean, scenario.span, diagnostics::Name{scenario.name},
                          diagnostics::Name{data.name}, diagnostics::Words{what_is_left(facts.plan, rows)});
    d.subject = {"data", data.name};
    d.scenario = scenario.name;
    d.cause = no_copy_left(facts.plan, rows);
    if (const auto& rpo = e.data[id.value].rpo) d.target = rpo->value;
    for (const CopyOutcome& row : rows)
        if (row.copy) d.related.push_back({facts.plan.copies[*row.copy].heading.span, row.reason});
    d.help = advice(facts, e, rows);
}

}  // namespace

void nothing_clean(const Facts& facts, diagnostics::Sink& sink) {
    for (const Estimate& e : facts.estimates)
        for (const auto id : facts.plan.data.ids())
            if (leaves_nothing(facts.plan, e, id)) report(facts, e, id, e.recovery.copies[id.value], sink);
}

}  // namespace muster::analysis::rules
