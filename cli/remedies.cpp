#include "cli/remedies.h"

#include <algorithm>

#include "compiler/diagnostics/messages.h"
#include "compiler/diagnostics/order.h"
#include "compiler/mend/mend.h"

namespace muster::cli {
namespace {

// What a try costs grows with the plan. So much is spent in all: a few hundredths of a second.
constexpr std::size_t most_findings = 10, most_work = 10'000;

// How much there is to resolve and to estimate.
std::size_t size_of(const model::Plan& plan) {
    std::size_t size = plan.services.size() + plan.steps.size() + plan.data.size() + plan.copies.size() + plan.scenarios.size();
    for (const auto& service : plan.services) size += service.needs.size();
    for (const auto& step : plan.steps) size += step.after.size();
    return size;
}

bool is_same(const diagnostics::Diagnostic& a, const diagnostics::Diagnostic& b) {
    return a.entry.code == b.entry.code && a.subject.name == b.subject.name && a.scenario == b.scenario;
}

void add(std::string& help, const std::string& advice) {
    if (!advice.empty()) help += (help.empty() ? "" : "; ") + advice;
}

}  // namespace

void add_remedies(Input& input) {
    if (!input.schedules) return;
    const mend::Subject subject{input.sources, input.parsed, input.plan, input.estimates, *input.schedules};
    mend::Tries tries{most_work / std::max<std::size_t>(1, size_of(input.plan)), true};
    std::size_t tried = 0;
    for (const diagnostics::Diagnostic& shown : diagnostics::one_of_each_cause(input.findings.counted)) {
        const auto objective = diagnostics::objective_of(shown);
        if (!objective || shown.entry.severity != diagnostics::Severity::error) continue;
        if (++tried > most_findings || tries.left == 0) return;
        const auto ailments = mend::mend(subject, {objective->subject.name, objective->scenario}, tries);
        if (ailments.empty()) continue;
        for (diagnostics::Diagnostic& d : input.findings.counted)
            if (is_same(d, shown)) add(d.help, mend::advice(ailments.front()));
    }
}

}  // namespace muster::cli
