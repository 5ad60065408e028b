// "Everything is back within an hour", and a tier of it within a day: the first is what the board reads, the second what the teams plan
// for.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using Said = support::Said<Time>;

constexpr auto kind = model::DisruptionKind::hardware;

// By the clause that says it: an objective that is longer than that of the whole, and whose it is.
using Longer = std::map<support::Span, std::pair<Time, std::vector<std::string>>>;

void add(const std::optional<Said>& said, const Said& whole, const std::string& name, Longer& longer) {
    if (!said || said->value <= whole.value || said->span == whole.span) return;
    auto& [time, names] = longer[said->span];
    time = said->value;
    names.push_back(name);
}

void report(const model::Plan& plan, const Said& whole, const Longer& longer, std::string_view what, diagnostics::Sink& sink) {
    if (longer.empty()) return;
    const auto& [first, worst] =
        *std::max_element(longer.begin(), longer.end(), [](const auto& a, const auto& b) { return a.second.first < b.second.first; });
    auto& d =
        sink.report(diagnostics::messages::plan_objective_contradicted, whole.span, diagnostics::Words{std::string(what)},
                    diagnostics::Duration{whole.value}, diagnostics::Words{list_of(worst.second)}, diagnostics::Duration{worst.first});
    d.subject = {"plan", plan.heading.name};
    d.target = whole.value;
    d.achieved = worst.first;
    for (const auto& [span, one] : longer)
        if (d.related.size() < 12)
            d.related.push_back({span, fmt::format("{} for {}", support::format_duration(one.first), list_of(one.second, 3))});
}

}  // namespace

void plan_objective_contradicted(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    if (const auto& rto = plan.objectives.rto.general) {
        Longer longer;
        for (const auto id : plan.services.ids()) add(model::rto_of(plan, id, kind), *rto, plan.services[id].heading.name, longer);
        report(plan, *rto, longer, "RTO", sink);
    }
    if (const auto& rpo = plan.objectives.rpo.general) {
        Longer longer;
        for (const auto id : plan.data.ids()) add(model::rpo_of(plan, id, kind), *rpo, plan.data[id].heading.name, longer);
        report(plan, *rpo, longer, "RPO", sink);
    }
}

}  // namespace muster::analysis::rules
