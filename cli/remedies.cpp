#include "cli/remedies.h"

#include <algorithm>

#include "compiler/diagnostics/messages.h"
#include "compiler/diagnostics/order.h"
#include "compiler/mend/mend.h"

namespace muster::cli {
namespace {

constexpr std::size_t most_findings = 10, most_services = 500;

bool is_same(const diagnostics::Diagnostic& a, const diagnostics::Diagnostic& b) {
    return a.entry.code == b.entry.code && a.subject.name == b.subject.name && a.scenario == b.scenario;
}

void add(std::string& help, const std::string& advice) {
    if (!advice.empty()) help += (help.empty() ? "" : "; ") + advice;
}

}  // namespace

void add_remedies(Input& input, const Common& common) {
    if (!input.readable || input.plan.services.size() > most_services) return;
    const mend::Subject subject{input.sources, input.parsed, input.plan, input.estimates, common.instant()};
    std::size_t tried = 0;
    for (const diagnostics::Diagnostic& shown : diagnostics::one_of_each_cause(input.findings.counted)) {
        const auto objective = diagnostics::objective_of(shown);
        if (!objective || shown.entry.severity != diagnostics::Severity::error) continue;
        if (++tried > most_findings) return;
        const auto ailments = mend::mend(subject, {objective->subject.name, objective->scenario});
        if (ailments.empty()) continue;
        for (diagnostics::Diagnostic& d : input.findings.counted)
            if (is_same(d, shown)) add(d.help, mend::advice(ailments.front()));
    }
}

}  // namespace muster::cli
