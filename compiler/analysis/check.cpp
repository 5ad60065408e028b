#include "compiler/analysis/check.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/damage.h"
#include "compiler/analysis/fold.h"
#include "compiler/analysis/rules/rules.h"
#include "compiler/diagnostics/messages.h"
#include "compiler/support/parallel.h"

namespace muster::analysis {
namespace {

using diagnostics::Diagnostic;
using model::Waiver;
using support::Span;

bool inside(const Span& outer, const Span& inner) {
    return outer.file == inner.file && outer.begin <= inner.begin && inner.begin <= outer.end;
}

// A scenario's declared name, of a member of a family that of the family.
std::string declared(const std::string& scenario) { return scenario.substr(0, scenario.find('[')); }

bool covers(const Waiver& waiver, const Diagnostic& d) {
    if (d.entry.code != waiver.code) return false;
    if (inside(waiver.body, d.primary.span)) return true;
    const bool related =
        std::any_of(d.related.begin(), d.related.end(), [&](const auto& label) { return inside(waiver.body, label.span); });
    return related || d.subject.kind + " " + d.subject.name == waiver.subject || "scenario " + declared(d.scenario) == waiver.subject;
}

bool in_force(const Waiver& waiver, Instant as_of) { return as_of < std::chrono::sys_days{waiver.until} + std::chrono::days{1}; }

std::string iso(std::chrono::year_month_day date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

}  // namespace

void run_rules(const model::Plan& plan, const std::vector<Estimate>& estimates, const Schedules& schedules, diagnostics::Sink& sink) {
    const auto all = rules::all();
    std::vector<diagnostics::Sink> found(all.size());
    support::in_parallel(all.size(), [&](std::size_t i) { all[i]({plan, estimates, schedules}, found[i]); });
    diagnostics::Sink together;
    for (diagnostics::Sink& each : found) together.take(std::move(each));
    for (Diagnostic& d : fold_families(plan, together.sorted())) sink.add(std::move(d));
}

diagnostics::Findings apply_waivers(const model::Plan& plan, std::vector<Diagnostic> findings, Instant as_of) {
    diagnostics::Sink counted;
    for (const Waiver& waiver : plan.waivers) {
        const auto covered = [&](const Diagnostic& d) { return covers(waiver, d); };
        if (!in_force(waiver, as_of))
            counted.report(diagnostics::messages::expired_waiver, waiver.span, diagnostics::Name{waiver.code},
                           diagnostics::Words{iso(waiver.until)});
        else if (std::none_of(findings.begin(), findings.end(), covered))
            // Safe to remove: without it, no finding counts less.
            counted.report(diagnostics::messages::unused_waiver, waiver.span, diagnostics::Name{waiver.code}).edits = {{waiver.clause, ""}};
    }
    diagnostics::Findings out;
    for (Diagnostic& d : findings) {
        const auto waiver =
            std::find_if(plan.waivers.begin(), plan.waivers.end(), [&](const Waiver& w) { return in_force(w, as_of) && covers(w, d); });
        if (waiver == plan.waivers.end()) counted.add(std::move(d));
        else out.suppressed.push_back({std::move(d), diagnostics::Suppressed::By::waiver, waiver->because});
    }
    out.counted = counted.sorted();
    set_urgency(plan, out.counted);
    return out;
}

}  // namespace muster::analysis
