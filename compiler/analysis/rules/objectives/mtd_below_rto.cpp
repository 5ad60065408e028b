// The MTD is when the damage can no longer be borne, the RTO when the service is to be back. An RTO beyond the MTD plans for the damage.
#include <fmt/format.h>

#include <optional>
#include <set>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using Said = support::Said<Time>;

// Each pair of clauses is one contradiction, whatever inherits it.
using Seen = std::set<std::pair<support::Span, support::Span>>;

void judge(const diagnostics::Subject& who, const std::optional<Said>& rto, const std::optional<Said>& mtd, Seen& seen,
           diagnostics::Sink& sink) {
    if (!rto || !mtd || mtd->value >= rto->value || !seen.emplace(rto->span, mtd->span).second) return;
    auto& d = sink.report(diagnostics::messages::mtd_below_rto, mtd->span, diagnostics::Words{fmt::format("{} `{}`", who.kind, who.name)},
                          diagnostics::Duration{mtd->value}, diagnostics::Duration{rto->value});
    d.subject = who;
    d.target = mtd->value;
    d.achieved = rto->value;
    d.related = {{rto->span, "the RTO"}};
    d.help = fmt::format("an RTO of less than {} leaves time for what goes wrong", support::format_duration(mtd->value));
}

void judge_all(const diagnostics::Subject& who, const model::Objectives& objectives, Seen& seen, diagnostics::Sink& sink) {
    judge(who, objectives.rto.general, objectives.mtd.general, seen, sink);
    for (const auto& one : objectives.rto.under) judge(who, one.time, objectives.mtd.at(one.kind), seen, sink);
    for (const auto& one : objectives.mtd.under) judge(who, objectives.rto.at(one.kind), one.time, seen, sink);
}

}  // namespace

void mtd_below_rto(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    Seen seen;
    judge_all({"plan", plan.heading.name}, plan.objectives, seen, sink);
    for (const model::Tier& tier : plan.tiers) judge_all({"tier", tier.heading.name}, tier.objectives, seen, sink);
    for (const auto id : plan.services.ids()) {
        const diagnostics::Subject who{"service", plan.services[id].heading.name};
        judge_all(who, plan.services[id].objectives, seen, sink);
        judge(who, model::rto_of(plan, id, model::DisruptionKind::hardware), model::mtd_of(plan, id, model::DisruptionKind::hardware), seen,
              sink);
    }
}

}  // namespace muster::analysis::rules
