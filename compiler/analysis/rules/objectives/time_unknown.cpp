// A recovery time that rests on something the plan does not say is not short, it is unknown. The same missing fact often leaves
// many services unknown; it is reported once in each scenario.
#include <map>

#include "compiler/analysis/path.h"
#include "compiler/analysis/rules/cause.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

void report(const Facts& facts, const Estimate& e, NodeId root, const std::vector<std::string>& names, diagnostics::Sink& sink) {
    const auto& scenario = facts.plan.scenarios[e.recovery.scenario].heading;
    const PathPart part = describe(facts.plan, e.recovery, e.outlook.times, root);
    auto& d = sink.report(diagnostics::messages::time_unknown, part.span, diagnostics::Words{list_of(names)},
                          diagnostics::Name{scenario.name}, diagnostics::Words{obstacle_at(facts.plan, e.recovery, e.outlook, root)});
    d.subject = {"scenario", facts.plan.scenarios[e.recovery.scenario].declared_name()};
    d.scenario = scenario.name;
    if (part.kind == "detection") {
        d.related = blind_labels(facts.plan, e);
        d.help = "say `detected after …` in the scenario, or add a detector that watches what it affects and runs elsewhere";
    }
    if (part.kind != "step") return;
    d.cause = cause_of_never(facts.plan, e, root);
    d.help =
        "say that (`size` and `changes` of data, `rate` of a store or link, `replay` of a log), or what the step `takes`, and in a `note` "
        "which drill that is from; or name a profile that has the figure in the plan's `profiles`";
}

}  // namespace

void time_unknown(const Facts& facts, diagnostics::Sink& sink) {
    for (const Estimate& e : facts.estimates) {
        std::map<NodeId, std::vector<std::string>> by_root;
        for (const ServiceOutcome& outcome : e.services)
            if (outcome.verdict == Verdict::unknown && outcome.rto)
                by_root[*outcome.root].push_back(facts.plan.services[outcome.service].heading.name);
        for (const auto& [root, names] : by_root) report(facts, e, root, names, sink);
    }
}

}  // namespace muster::analysis::rules
