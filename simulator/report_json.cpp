#include "simulator/report_json.h"

#include <nlohmann/json.hpp>

#include "simulator/proportion.h"

namespace muster::simulator {
namespace {

using nlohmann::ordered_json;

ordered_json milliseconds(std::optional<Time> time) {
    return !time || *time == support::never ? ordered_json() : ordered_json(time->count());
}

ordered_json statistics(const Histogram& times) {
    return {{"mean_ms", milliseconds(times.mean())},
            {"p50_ms", milliseconds(times.percentile(50))},
            {"p90_ms", milliseconds(times.percentile(90))},
            {"p95_ms", milliseconds(times.percentile(95))},
            {"p99_ms", milliseconds(times.percentile(99))},
            {"max_ms", milliseconds(times.greatest())},
            {"never", proportion(times.never(), times.count()).probability}};
}

void add_objective(ordered_json& out, const char* key, std::optional<Time> objective, std::uint64_t met, std::uint64_t trials) {
    if (!objective) return;
    const Proportion share = proportion(met, trials);
    out[key] = objective->count();
    out["met"] = {{"probability", share.probability}, {"low", share.low}, {"high", share.high}};
}

ordered_json service(const model::Plan& plan, const ServiceResult& result) {
    ordered_json out{{"name", plan.services[result.service].heading.name}, {"state", analysis::state_name(result.state)}};
    const std::uint64_t trials = result.rta.count();
    add_objective(out, "rto_ms", result.rto, result.met, trials);
    out["rta"] = statistics(result.rta);
    if (!result.obstacle.empty()) out["obstacle"] = result.obstacle;
    out["causes"] = ordered_json::array();
    for (const Cause& cause : result.causes)
        out["causes"].push_back(
            {{"step", model::qualified_name(plan, cause.step)}, {"criticality", proportion(cause.trials, trials).probability}});
    return out;
}

ordered_json data(const model::Plan& plan, const DataResult& result) {
    ordered_json out{{"name", plan.data[result.data].heading.name}};
    add_objective(out, "rpo_ms", result.rpo, result.met, result.rpa.count());
    out["rpa"] = statistics(result.rpa);
    return out;
}

ordered_json scenario(const model::Plan& plan, const ScenarioResult& result) {
    const model::Scenario& of = plan.scenarios[result.scenario];
    ordered_json out{{"name", of.heading.name}};
    if (!of.family.empty()) out["family"] = of.family;
    for (const char* list : {"services", "data", "roles"}) out[list] = ordered_json::array();
    for (const ServiceResult& one : result.services) out["services"].push_back(service(plan, one));
    for (const DataResult& one : result.data) out["data"].push_back(data(plan, one));
    for (const RoleResult& one : result.roles)
        out["roles"].push_back(
            {{"name", plan.roles[one.role].heading.name}, {"busy_ms", one.busy.count()}, {"waited_ms", one.waited.count()}});
    return out;
}

}  // namespace

std::string render_json(const model::Plan& plan, const Result& result, const diagnostics::Provenance& provenance) {
    ordered_json out{{"format", 1},
                     {"tool", {{"name", "muster"}, {"version", provenance.tool_version}}},
                     {"plan", {{"name", provenance.plan_name}, {"title", provenance.plan_title}, {"hash", provenance.plan_hash}}},
                     {"seed", result.seed},
                     {"trials", result.trials},
                     {"scenarios", ordered_json::array()}};
    for (const ScenarioResult& one : result.scenarios) out["scenarios"].push_back(scenario(plan, one));
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace muster::simulator
