#include "compiler/diagnostics/findings_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace muster::diagnostics {
namespace {

using nlohmann::ordered_json;

std::size_t count(const std::vector<Diagnostic>& diagnostics, Severity severity) {
    return static_cast<std::size_t>(
        std::count_if(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& d) { return d.entry.severity == severity; }));
}

ordered_json place(const support::Span& span, const support::Sources& sources) {
    return {{"file", sources[span.file].path()},
            {"line", span.begin.line},
            {"column", span.begin.column},
            {"end_line", span.end.line},
            {"end_column", span.end.column}};
}

ordered_json related(const Label& label, const support::Sources& sources) {
    return {{"file", sources[label.span.file].path()},
            {"line", label.span.begin.line},
            {"column", label.span.begin.column},
            {"message", label.text}};
}

ordered_json edit(const Edit& edit, const support::Sources& sources) {
    ordered_json out = place(edit.span, sources);
    out["replacement"] = edit.replacement;
    return out;
}

void add_facts(ordered_json& out, const Diagnostic& d) {
    if (!d.subject.name.empty()) out["subject"] = {{"kind", d.subject.kind}, {"name", d.subject.name}};
    if (!d.scenario.empty()) out["scenario"] = d.scenario;
    if (d.target) out["target_ms"] = d.target->count();
    if (d.achieved) out["achieved_ms"] = d.achieved->count();
}

ordered_json affected(const Affected& one) {
    ordered_json out{{"subject", {{"kind", one.subject.kind}, {"name", one.subject.name}}}};
    if (!one.scenario.empty()) out["scenario"] = one.scenario;
    if (one.target) out["target_ms"] = one.target->count();
    if (one.achieved) out["achieved_ms"] = one.achieved->count();
    return out;
}

ordered_json finding(const Diagnostic& d, const support::Sources& sources) {
    ordered_json out{{"code", d.entry.code}, {"name", d.entry.name}, {"severity", severity_name(d.entry.severity)}, {"message", d.message}};
    out.update(place(d.primary.span, sources));
    add_facts(out, d);
    for (const Label& label : d.related) out["related"].push_back(related(label, sources));
    for (const Affected& one : d.also) out["also"].push_back(affected(one));
    if (!d.help.empty()) out["help"] = d.help;
    for (const Edit& change : d.edits) out["edits"].push_back(edit(change, sources));
    out["fingerprint"] = fingerprint(d, sources);
    return out;
}

ordered_json entry(const Known& known) { return {{"code", known.code}, {"about", known.about}, {"fingerprint", known.fingerprint}}; }

ordered_json summary(const Findings& findings) {
    return {{"errors", count(findings.counted, Severity::error)},
            {"warnings", count(findings.counted, Severity::warning)},
            {"notes", count(findings.counted, Severity::note)},
            {"waived", findings.suppressed_by(Suppressed::By::waiver)},
            {"baselined", findings.suppressed_by(Suppressed::By::baseline)},
            {"off", findings.off}};
}

ordered_json difference_json(const Difference& what_if, const support::Sources& sources) {
    ordered_json out{{"changes", what_if.changes}, {"gone", ordered_json::array()}, {"new", ordered_json::array()}};
    for (const Diagnostic& d : what_if.gone) out["gone"].push_back(finding(d, sources));
    for (const Diagnostic& d : what_if.fresh) out["new"].push_back(finding(d, sources));
    return out;
}

}  // namespace

std::string render_json(const Findings& findings, const support::Sources& sources, const Provenance& provenance,
                        const Difference* what_if) {
    ordered_json out{{"format", 1},
                     {"tool", {{"name", "muster"}, {"version", provenance.tool_version}}},
                     {"plan", {{"name", provenance.plan_name}, {"title", provenance.plan_title}, {"hash", provenance.plan_hash}}},
                     {"summary", summary(findings)},
                     {"diagnostics", ordered_json::array()}};
    for (const Diagnostic& d : findings.counted) out["diagnostics"].push_back(finding(d, sources));
    for (const Known& known : findings.gone) out["gone"].push_back(entry(known));
    if (what_if != nullptr) out["what_if"] = difference_json(*what_if, sources);
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace muster::diagnostics
