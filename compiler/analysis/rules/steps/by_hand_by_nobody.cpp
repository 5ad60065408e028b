// An instruction to people that names nobody is followed by whoever reads it first, or by nobody, because each took it for another's. It
// also costs nobody's time in the figures, so that the same person can be busy elsewhere.
#include <fmt/format.h>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

bool is_for_nobody(const model::Step& step) {
    return step.action && std::holds_alternative<model::Manual>(*step.action) && step.by.empty() && !step.automatic;
}

void look_at(const Facts& facts, const model::Procedure& procedure, diagnostics::Sink& sink) {
    std::vector<std::string> names;
    std::vector<diagnostics::Label> places;
    for (const auto id : procedure.steps) {
        const model::Step& step = facts.plan.steps[id];
        if (!is_for_nobody(step)) continue;
        names.push_back(step.heading.name);
        places.push_back({step.heading.span, "nobody is named here"});
    }
    if (names.empty()) return;
    auto& d = sink.report(diagnostics::messages::by_hand_by_nobody, places.front().span,
                          diagnostics::Words{(names.size() == 1 ? "step " : "steps ") + list_of(names)},
                          diagnostics::Name{procedure.heading.name}, diagnostics::Words{names.size() == 1 ? "is" : "are"});
    d.related.assign(places.begin() + 1, places.end());
    d.subject = {"procedure", procedure.heading.name};
    d.help = "say `by ROLE`, or `automatic` where no person is needed";
}

}  // namespace

// A plan that has no roles at all does not speak of people.
void by_hand_by_nobody(const Facts& facts, diagnostics::Sink& sink) {
    if (facts.plan.roles.empty()) return;
    for (const model::Procedure& procedure : facts.plan.procedures) look_at(facts, procedure, sink);
}

}  // namespace muster::analysis::rules
