// Services that need each other cannot be started from nothing: each waits for the other. They run today only because they were
// started before the circle was closed.
#include "compiler/analysis/path.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"
#include "compiler/model/graph.h"

namespace muster::analysis::rules {
namespace {

support::Span where_needed(const model::Plan& plan, support::Id<model::Service> who, support::Id<model::Service> what) {
    for (const auto& any_of : plan.services[who].needs)
        for (const auto& thing : any_of)
            if (thing.value == model::thing(what)) return thing.span;
    return plan.services[who].heading.span;
}

}  // namespace

void dependency_cycle(const Facts& facts, diagnostics::Sink& sink) {
    for (const auto& cycle : model::dependency_cycles(facts.plan)) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i + 1 < cycle.size(); ++i) names.push_back(facts.plan.services[cycle[i]].heading.name);
        auto& d = sink.report(diagnostics::messages::dependency_cycle, where_needed(facts.plan, cycle[0], cycle[1]),
                              diagnostics::Words{circle_of(names)});
        d.primary.text = "needed here";
        d.subject = {"service", facts.plan.services[cycle.front()].heading.name};
        for (std::size_t i = 1; i + 1 < cycle.size() && i < most_in_circle; ++i)
            d.related.push_back({where_needed(facts.plan, cycle[i], cycle[i + 1]), "and here"});
        d.help = "let one of them start without the other and say `wants` there";
    }
}

}  // namespace muster::analysis::rules
