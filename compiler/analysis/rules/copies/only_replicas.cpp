// A replica is no backup. It follows a dropped table as fast as an inserted row, and the only protection that it gives is against losing
// the place of the original. What has to come back from a mistake is a state from before it: a backup, a snapshot, a log, a delayed
// replica.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/holdings.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

// Where a scenario damages the data, what that leaves is another finding.
bool is_damaged_somewhere(const Facts& facts, Id<model::Dataset> data) {
    return std::any_of(facts.estimates.begin(), facts.estimates.end(),
                       [&](const Estimate& e) { return e.recovery.impact.data_damaged[data.value]; });
}

}  // namespace

void only_replicas(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    for (const auto id : plan.data.ids()) {
        const auto held = holdings_of(plan, id);
        const bool keeps_past = std::any_of(held.begin(), held.end(), [](const Holding& one) { return one.keeps_past; });
        if (held.empty() || keeps_past || plan.data[id].rebuilt_in || is_damaged_somewhere(facts, id)) continue;
        std::vector<std::string> names;
        for (const Holding& one : held) names.push_back(plan.copies[one.copy].heading.name);
        const auto& data = plan.data[id].heading;
        auto& d =
            sink.report(diagnostics::messages::only_replicas, data.span, diagnostics::Name{data.name}, diagnostics::Words{list_of(names)});
        d.subject = {"data", data.name};
        for (const Holding& one : held)
            d.related.push_back({plan.copies[one.copy].heading.span, "what is deleted in the data is deleted here, too"});
        d.help = "declare a `backup`, a `snapshot` or an `archive` of it, or let a replica follow `delayed`";
    }
}

}  // namespace muster::analysis::rules
