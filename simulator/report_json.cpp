#include "simulator/report_json.h"

#include <array>
#include <nlohmann/json.hpp>

#include "simulator/proportion.h"

namespace muster::simulator {
namespace {

using nlohmann::ordered_json;

// What is unknown is left out, what never comes is null.
void add_time(ordered_json& out, const std::string& key, Time time) {
    if (time != unknown) out[key] = time == support::never ? ordered_json() : ordered_json(time.count());
}

double millionths(model::Percent share) { return static_cast<double>(share.millionths) / 1e6; }

double share(std::uint64_t hits, std::uint64_t of) { return proportion(hits, of).probability; }

ordered_json statistics(const Histogram& times) {
    ordered_json out;
    add_time(out, "mean_ms", times.mean().value_or(times.unknowns() > 0 ? unknown : support::never));
    for (const unsigned p : {50U, 90U, 95U, 99U}) {
        const std::string name = "p" + std::to_string(p);
        add_time(out, name + "_ms", times.percentile(p));
        const auto interval = times.interval_of(p);
        if (!interval) continue;
        add_time(out, name + "_low_ms", interval->low);
        add_time(out, name + "_high_ms", interval->high);
    }
    add_time(out, "max_ms", times.greatest());
    out["never"] = share(times.never(), times.count());
    out["unknown"] = share(times.unknowns(), times.count());
    return out;
}

void add_objective(ordered_json& out, const char* key, std::optional<Time> objective, std::uint64_t met, std::uint64_t trials) {
    if (!objective) return;
    const Proportion share = proportion(met, trials);
    out[key] = objective->count();
    out["met"] = {{"probability", share.probability}, {"low", share.low}, {"high", share.high}};
}

constexpr std::array factor_names{"outside_hours", "again", "unsound", "waited", "came_late"};

ordered_json misses(const model::Plan& plan, const ServiceResult& result) {
    ordered_json all = ordered_json::array();
    const std::uint64_t trials = result.rta.count();
    for (const Factor& factor : result.factors) {
        ordered_json one{{"kind", factor_names.at(static_cast<std::size_t>(factor.kind))}};
        const bool of_role = factor.kind == Factor::Kind::outside_hours || factor.kind == Factor::Kind::came_late;
        if (of_role) one["role"] = plan.roles[factor.role].heading.name;
        else one["step"] = model::qualified_name(plan, factor.step);
        one["of_misses"] = share(factor.missed, trials - result.met);
        one["of_all"] = share(factor.all, trials);
        all.push_back(std::move(one));
    }
    return all;
}

ordered_json service(const model::Plan& plan, const ServiceResult& result) {
    ordered_json out{{"name", plan.services[result.service].heading.name}, {"state", analysis::state_name(result.state)}};
    const std::uint64_t trials = result.rta.count();
    add_objective(out, "rto_ms", result.rto, result.met, trials);
    out["rta"] = statistics(result.rta);
    if (!result.obstacle.empty()) out["obstacle"] = result.obstacle;
    out["causes"] = ordered_json::array();
    for (const Cause& cause : result.causes)
        out["causes"].push_back({{"step", model::qualified_name(plan, cause.step)}, {"criticality", share(cause.trials, trials)}});
    out["roles"] = ordered_json::array();
    for (const RoleCause& cause : result.roles)
        out["roles"].push_back({{"role", plan.roles[cause.role].heading.name}, {"criticality", share(cause.trials, trials)}});
    if (!result.factors.empty()) out["misses"] = misses(plan, result);
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

ordered_json interval(const Mean& mean) { return {{"mean", mean.value}, {"low", mean.low}, {"high", mean.high}}; }

ordered_json shift(const Shift& one) {
    ordered_json out{{"scenario", one.scenario},         {"kind", one.service ? "service" : "data"}, {"name", one.name},
                     {"before", statistics(one.before)}, {"after", statistics(one.after)},           {"differ", one.differ}};
    if (one.objective_before || one.objective_after) {
        out["gained"] = one.gained;
        out["lost"] = one.lost;
        out["met_by"] = interval(one.met());
    }
    if (const auto time = one.time()) out["longer_ms"] = interval(*time);
    return out;
}

ordered_json what_if_json(const WhatIf& what_if) {
    ordered_json out{{"changes", what_if.changes}, {"moved", ordered_json::array()}};
    for (const Shift& one : what_if.shifts)
        if (one.moved()) out["moved"].push_back(shift(one));
    return out;
}

ordered_json levers_json(const Sensitivity& sensitivity) {
    ordered_json all = ordered_json::array();
    for (const Leverage& one : sensitivity.leverages) {
        ordered_json lever{{"what", one.what}, {"gain", interval(one.gain)}};
        if (!one.change.empty()) lever["change"] = one.change;
        if (!one.most.empty())
            lever["most"] = {
                {"of", one.most}, {"before", share(one.before, sensitivity.trials)}, {"after", share(one.after, sensitivity.trials)}};
        all.push_back(std::move(lever));
    }
    return {{"trials", sensitivity.trials}, {"tried", sensitivity.tried}, {"found", std::move(all)}};
}

}  // namespace

std::string render_json(const model::Plan& plan, const Result& result, const diagnostics::Provenance& provenance, const Besides& besides) {
    ordered_json out{{"format", 1},
                     {"tool", {{"name", "muster"}, {"version", provenance.tool_version}}},
                     {"plan", {{"name", provenance.plan_name}, {"title", provenance.plan_title}, {"hash", provenance.plan_hash}}},
                     {"seed", result.seed},
                     {"trials", result.trials}};
    if (result.until) out["until"] = {{"wanted", millionths(*result.until)}, {"reached", millionths(result.reach)}};
    out["scenarios"] = ordered_json::array();
    for (const ScenarioResult& one : result.scenarios) out["scenarios"].push_back(scenario(plan, one));
    if (besides.what_if != nullptr) out["what_if"] = what_if_json(*besides.what_if);
    if (besides.sensitivity != nullptr) out["levers"] = levers_json(*besides.sensitivity);
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace muster::simulator
