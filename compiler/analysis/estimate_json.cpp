#include "compiler/analysis/estimate_json.h"

#include <nlohmann/json.hpp>

#include "compiler/analysis/moved_json.h"
#include "compiler/analysis/path.h"
#include "compiler/analysis/provenance.h"
#include "compiler/model/entry_json.h"

namespace muster::analysis {
namespace {

using model::Plan;
using nlohmann::ordered_json;

// Absent means unknown; never is null beside the verdict "never".
void put(ordered_json& out, const char* key, const std::optional<Time>& time) {
    if (!time) return;
    if (*time == support::never) out[key] = nullptr;
    else out[key] = time->count();
}

ordered_json path_part(const PathPart& part) {
    return {{"kind", part.kind},
            {"name", part.name},
            {"start_ms", part.begin.count()},
            {"end_ms", part.end.count()},
            {"because", part.because}};
}

ordered_json service_json(const Plan& plan, const Estimate& e, const ServiceOutcome& outcome) {
    const model::Service& service = plan.services[outcome.service];
    ordered_json out{{"name", service.heading.name}};
    if (service.tier) out["tier"] = plan.tiers[service.tier->value].heading.name;
    out["state"] = state_name(outcome.state);
    if (outcome.rto) out["rto_ms"] = outcome.rto->value.count();
    put(out, "rta_ms", outcome.rta);
    if (outcome.critical_path) out["critical_path_ms"] = outcome.critical_path->count();
    out["verdict"] = verdict_name(outcome.verdict);
    if (outcome.mtd) {
        out["mtd_ms"] = outcome.mtd->value.count();
        out["mtd_verdict"] = verdict_name(outcome.mtd_verdict);
    }
    if (outcome.skew) {
        if (outcome.skew->limit) out["skew_limit_ms"] = outcome.skew->limit->value.count();
        out["skew_ms"] = outcome.skew->apart.count();
        out["skew_verdict"] = verdict_name(outcome.skew->verdict);
    }
    if (!outcome.obstacle.empty()) out["obstacle"] = outcome.obstacle;
    if (outcome.stopped_by) out["stopped_by"] = model::qualified_name(plan, *outcome.stopped_by);
    out["path"] = ordered_json::array();
    for (const PathPart& part : path_of(plan, e, outcome)) out["path"].push_back(path_part(part));
    return out;
}

ordered_json copy_json(const Plan& plan, const CopyOutcome& copy) {
    ordered_json out{{"name", name_of(plan, copy)},
                     {"kind", copy.copy ? plan.copies[*copy.copy].kind_name() : "primary"},
                     {"state", copy_state_name(copy.state)},
                     {"reason", copy.reason}};
    put(out, "loss_ms", copy.loss);
    return out;
}

ordered_json data_json(const Plan& plan, const Estimate& e, const DataOutcome& outcome) {
    ordered_json out{{"name", plan.data[outcome.data].heading.name}};
    if (outcome.rpo) out["rpo_ms"] = outcome.rpo->value.count();
    put(out, "rpa_ms", outcome.rpa);
    out["verdict"] = verdict_name(outcome.verdict);
    if (outcome.from) out["from"] = name_of(plan, *outcome.from);
    out["copies"] = ordered_json::array();
    for (const CopyOutcome& copy : e.recovery.copies[outcome.data.value]) out["copies"].push_back(copy_json(plan, copy));
    return out;
}

std::string performer(const Plan& plan, const model::Step& step) {
    std::string names;
    for (const auto& role : step.by) names += (names.empty() ? "" : ", ") + plan.roles[role.value].heading.name;
    return names.empty() ? "automatic" : names;
}

ordered_json step_json(const Plan& plan, const PlannedStep& planned) {
    const model::Step& step = plan.steps[planned.step];
    ordered_json out{
        {"procedure", plan.procedures[step.procedure].heading.name}, {"step", step.heading.name}, {"performer", performer(plan, step)}};
    const auto put_if_known = [&](const char* key, Time time) {
        if (time != support::never) out[key] = time.count();
    };
    put_if_known("ready_ms", planned.ready);
    put_if_known("start_ms", planned.begin);
    put_if_known("end_ms", planned.end);
    if (planned.failed) out["failed"] = true;
    return out;
}

ordered_json scenario_json(const Plan& plan, const Estimate& e) {
    const model::Scenario& scenario = plan.scenarios[e.recovery.scenario];
    ordered_json out{{"name", scenario.heading.name}};
    if (!scenario.family.empty()) out["family"] = scenario.family;
    put(out, "detection_ms", e.detection);
    put(out, "start_ms", e.start);
    out["services"] = ordered_json::array();
    out["data"] = ordered_json::array();
    out["schedule"] = ordered_json::array();
    for (const ServiceOutcome& outcome : e.services) out["services"].push_back(service_json(plan, e, outcome));
    for (const DataOutcome& outcome : e.data) out["data"].push_back(data_json(plan, e, outcome));
    for (const PlannedStep& step : e.schedule) out["schedule"].push_back(step_json(plan, step));
    for (const auto origin : origins_of(plan, e)) out["figures"].push_back(json_of(model::Exporter{plan}, origin));
    return out;
}

}  // namespace

std::string render_json(const Plan& plan, const std::vector<Estimate>& estimates, const diagnostics::Provenance& provenance,
                        const WhatIf* what_if) {
    ordered_json out{{"format", 1},
                     {"tool", {{"name", "muster"}, {"version", provenance.tool_version}}},
                     {"plan", {{"name", provenance.plan_name}, {"title", provenance.plan_title}, {"hash", provenance.plan_hash}}},
                     {"scenarios", ordered_json::array()}};
    for (const Estimate& e : estimates) out["scenarios"].push_back(scenario_json(plan, e));
    if (what_if != nullptr) out["what_if"] = moved_json(what_if->moved, what_if->changes);
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace muster::analysis
