#include "compiler/diff/difference_json.h"

#include <nlohmann/json.hpp>

namespace muster::diff {
namespace {

using nlohmann::ordered_json;

// A time that never comes is null; one that is not known, or not there, is left out.
void put(ordered_json& out, const char* key, const std::optional<Time>& time) {
    if (!time) return;
    if (*time == support::never) out[key] = nullptr;
    else out[key] = time->count();
}

void put(ordered_json& out, const char* key, std::string_view text) {
    if (!text.empty()) out[key] = text;
}

ordered_json plan_json(const diagnostics::Provenance& provenance) {
    return {{"name", provenance.plan_name}, {"title", provenance.plan_title}, {"hash", provenance.plan_hash}};
}

ordered_json summary_json(const Difference& difference) {
    return {{"newly_missed", difference.count(Turn::missed)},
            {"newly_met", difference.count(Turn::met)},
            {"no_longer_judged", difference.count(Turn::unjudged)},
            {"loosened", difference.count(Sense::loosened)},
            {"tightened", difference.count(Sense::tightened)}};
}

ordered_json objective_json(const Objective& one) {
    ordered_json out{{"sense", sense_name(one.sense)}, {"objective", one.name}, {"kind", one.kind}, {"name", one.subject}};
    if (!one.under.empty()) out["under"] = one.under;
    put(out, "before_ms", one.before);
    put(out, "after_ms", one.after);
    return out;
}

ordered_json at_json(const Outcome::At& at) {
    ordered_json out = ordered_json::object();
    put(out, "objective_ms", at.objective);
    put(out, "achieved_ms", at.achieved);
    if (at.verdict) out["verdict"] = analysis::verdict_name(*at.verdict);
    put(out, "because", at.because);
    return out;
}

ordered_json outcome_json(const Outcome& one) {
    ordered_json out{{"scenario", one.scenario}, {"measure", one.measure()}, {"kind", one.kind}, {"name", one.subject}};
    put(out, "turn", turn_name(one.turn));
    out["before"] = at_json(one.before);
    out["after"] = at_json(one.after);
    for (const Part& part : one.parts) {
        ordered_json row{{"kind", part.kind}, {"name", part.name}};
        put(row, "before_ms", part.before);
        put(row, "after_ms", part.after);
        out["parts"].push_back(std::move(row));
    }
    return out;
}

ordered_json declaration_json(const Declaration& one) {
    ordered_json out{{"how", how_name(one.how)}, {"kind", one.kind}, {"name", one.name}};
    put(out, "new_name", one.new_name);
    for (const Field& field : one.fields) {
        ordered_json row{{"what", field.what}};
        put(row, "before", field.before);
        put(row, "after", field.after);
        put(row, "sense", sense_name(field.sense));
        out["fields"].push_back(std::move(row));
    }
    return out;
}

ordered_json finding_json(const diagnostics::Diagnostic& one) {
    ordered_json out{{"code", one.entry.code},
                     {"name", one.entry.name},
                     {"severity", diagnostics::severity_name(one.entry.severity)},
                     {"message", one.message}};
    if (!one.subject.name.empty()) out["subject"] = {{"kind", one.subject.kind}, {"name", one.subject.name}};
    put(out, "scenario", one.scenario);
    return out;
}

template <class T, class ToJson>
ordered_json all(const std::vector<T>& values, const ToJson& to_json) {
    ordered_json out = ordered_json::array();
    for (const T& value : values) out.push_back(to_json(value));
    return out;
}

}  // namespace

std::string render_json(const Difference& difference, const diagnostics::Provenance& before, const diagnostics::Provenance& after) {
    ordered_json out{
        {"format", 1},
        {"tool", {{"name", "muster"}, {"version", after.tool_version}}},
        {"plan", plan_json(after)},
        {"before", plan_json(before)},
        {"summary", summary_json(difference)},
        {"objectives", all(difference.objectives, objective_json)},
        {"outcomes", all(difference.outcomes, outcome_json)},
        {"declarations", all(difference.declarations, declaration_json)},
        {"findings", {{"new", all(difference.new_findings, finding_json)}, {"gone", all(difference.gone_findings, finding_json)}}}};
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace muster::diff
