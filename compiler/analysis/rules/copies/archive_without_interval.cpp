// A segment of the log goes to the archive when it is full. At noon that is every few seconds; on a Sunday night the last payment may
// wait for hours on the one disk that burns. PostgreSQL has `archive_timeout` for this, and its default is off.
#include <algorithm>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

// Then that finding says the same of an objective.
bool said_by_loss_unknown(const Facts& facts, Id<model::Copy> archive) {
    return std::any_of(facts.estimates.begin(), facts.estimates.end(), [&](const Estimate& e) {
        return std::any_of(e.data.begin(), e.data.end(), [&](const DataOutcome& data) {
            return data.rpo && data.verdict == Verdict::unknown && data.from && data.from->copy == archive;
        });
    });
}

}  // namespace

void archive_without_interval(const Facts& facts, diagnostics::Sink& sink) {
    const model::Plan& plan = facts.plan;
    for (const auto id : plan.copies.ids()) {
        const model::Copy& copy = plan.copies[id];
        if (copy.archive() == nullptr || copy.archive()->every || said_by_loss_unknown(facts, id)) continue;
        const std::string name = model::qualified_name(plan, id);
        auto& d = sink.report(diagnostics::messages::archive_without_interval, copy.heading.span, diagnostics::Name{name});
        d.subject = {"archive", name};
        d.help = interval_advice(plan, copy);
    }
}

}  // namespace muster::analysis::rules
