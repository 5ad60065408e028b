// A restore that ends without an error has written something; whether that is the data, whole and of the right day, is known only once
// somebody has looked. NIST SP 800-34 Rev. 1, 4.4: after the recovery, data and function are validated before work goes on.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Step;

std::vector<Id<model::Dataset>> written_by(const Step& step) {
    std::vector<Id<model::Dataset>> data;
    if (!step.action || step.afterwards) return data;
    if (const auto* restore = std::get_if<model::Restore>(&*step.action))
        for (const auto& one : restore->data) data.push_back(one.value);
    if (const auto* promote = std::get_if<model::Promote>(&*step.action)) data.push_back(promote->data);
    return data;
}

bool checks(const Step& step) { return !step.verifications.empty() || !step.done_when.empty(); }

// What a command or an instruction looks at is not known: it gets the benefit of the doubt.
bool may_check(const Step& step) {
    return checks(step) ||
           (step.action && (std::holds_alternative<model::Run>(*step.action) || std::holds_alternative<model::Manual>(*step.action)));
}

bool has_checked_user(const model::Plan& plan, Id<model::Dataset> data) {
    const auto& users = plan.index.users[data.value];
    return std::any_of(users.begin(), users.end(), [&](auto service) { return !plan.services[service].checks.empty(); });
}

bool speaks_of_checks(const model::Plan& plan) {
    return std::any_of(plan.services.begin(), plan.services.end(), [](const auto& service) { return !service.checks.empty(); }) ||
           std::any_of(plan.steps.begin(), plan.steps.end(), checks);
}

void look_at(const model::Plan& plan, const model::Procedure& procedure, diagnostics::Sink& sink) {
    std::vector<std::string> names;
    std::vector<diagnostics::Label> places;
    for (auto at = procedure.steps.rbegin(); at != procedure.steps.rend(); ++at) {
        const Step& step = plan.steps[*at];
        if (may_check(step)) break;  // and with it what comes before
        for (const auto data : written_by(step)) {
            if (has_checked_user(plan, data)) continue;
            names.insert(names.begin(), plan.data[data].heading.name);
            places.insert(places.begin(), {step.heading.span, fmt::format("`{}` is brought back here", names.front())});
        }
    }
    if (names.empty()) return;
    auto& d = sink.report(diagnostics::messages::restored_unchecked, places.front().span, diagnostics::Name{procedure.heading.name},
                          diagnostics::Words{list_of(names)});
    d.related.assign(places.begin() + 1, places.end());
    d.subject = {"procedure", procedure.heading.name};
    d.help = "say how to see that it is the data: `verify sql \"…\"` in the step, or a `check` of a service that uses it";
}

}  // namespace

// A plan without a single check does not speak of them.
void restored_unchecked(const Facts& facts, diagnostics::Sink& sink) {
    if (!speaks_of_checks(facts.plan)) return;
    for (const model::Procedure& procedure : facts.plan.procedures) look_at(facts.plan, procedure, sink);
}

}  // namespace muster::analysis::rules
