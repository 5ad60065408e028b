// A procedure that nobody has ever followed fails at its first missing permission. Of what is most urgent there is no time to find that out
// in earnest. NIST SP 800-34 Rev. 1, 3.5: each part of the recovery is tested, and those with the smallest objectives first.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/analysis/rules/rules.h"
#include "compiler/analysis/rules/urgency.h"
#include "compiler/analysis/rules/wording.h"
#include "compiler/diagnostics/messages.h"

namespace muster::analysis::rules {
namespace {

using model::Plan;

// Of a family one stands for all.
struct Practised {
    std::set<std::string> scenarios;  // by the names that they are declared by
    std::vector<bool> procedures;
};

Practised practised(const Facts& facts) {
    const Plan& plan = facts.plan;
    Practised all{{}, std::vector<bool>(plan.procedures.size())};
    for (const model::Drill& drill : plan.drills)
        for (const model::Exercise& one : drill.exercises) {
            if (one.procedure) all.procedures[one.procedure->value] = true;
            if (one.scenario) all.scenarios.insert(plan.scenarios[*one.scenario].declared_name());
        }
    for (const Estimate& e : facts.estimates) {
        if (all.scenarios.count(plan.scenarios[e.recovery.scenario].declared_name()) == 0) continue;
        for (const auto procedure : e.recovery.procedures) all.procedures[procedure.value] = true;
    }
    return all;
}

// What version control holds is taken from there with every release.
bool is_versioned(const Plan& plan, const model::Restore& restore) {
    return restore.copy && plan.copies[*restore.copy].repository() != nullptr;
}

bool brings_data_back_or_moves(const Plan& plan, const model::Action& action) {
    if (const auto* restore = std::get_if<model::Restore>(&action)) return !is_versioned(plan, *restore);
    return std::holds_alternative<model::Promote>(action) || std::holds_alternative<model::Provision>(action) ||
           std::holds_alternative<model::SwitchDns>(action) || std::holds_alternative<model::SwitchTraffic>(action);
}

bool is_daily_work(const Plan& plan, const model::Action& action) {
    if (const auto* restore = std::get_if<model::Restore>(&action)) return is_versioned(plan, *restore);
    return std::holds_alternative<model::Restart>(action) || std::holds_alternative<model::RollBack>(action) ||
           std::holds_alternative<model::Scale>(action) || std::holds_alternative<model::Apply>(action);
}

// By procedure: whether it is made of what every team does each week without a disaster.
std::vector<bool> routine_procedures(const Plan& plan) {
    std::vector<bool> daily(plan.procedures.size()), rare(plan.procedures.size());
    for (const model::Step& step : plan.steps) {
        if (!step.action || step.afterwards) continue;
        if (brings_data_back_or_moves(plan, *step.action)) rare[step.procedure.value] = true;
        if (is_daily_work(plan, *step.action)) daily[step.procedure.value] = true;
    }
    for (std::size_t i = 0; i < daily.size(); ++i) daily[i] = daily[i] && !rare[i];
    return daily;
}

// What happens at least once a year is practised by being done.
bool happens_each_year(const model::Scenario& scenario) {
    const auto& likelihood = scenario.likelihood;
    if (!likelihood || likelihood->per == Time::zero()) return false;
    const std::int64_t years = likelihood->per / std::chrono::duration_cast<Time>(std::chrono::hours{24 * 365});
    return likelihood->events.millionths >= 1'000'000 * std::max<std::int64_t>(years, 1);
}

// Whether something urgent is brought back in it by a procedure that nobody ever follows.
bool needs_practice(const Facts& facts, const Estimate& e, Time rto, const Practised& done) {
    return std::any_of(e.services.begin(), e.services.end(), [&](const ServiceOutcome& outcome) {
        const auto& procedure = e.recovery.procedure_of[outcome.service.value];
        return procedure && !done.procedures[procedure->value] && e.recovery.impact.unavailable(outcome.service) &&
               is_of_rto(facts.plan, facts.plan.services[outcome.service], rto);
    });
}

void report(const Facts& facts, const std::vector<Id<model::Scenario>>& scenarios, Time rto, diagnostics::Sink& sink) {
    std::vector<std::string> names;
    std::vector<diagnostics::Label> places;
    for (const auto id : scenarios) {
        const std::string& name = facts.plan.scenarios[id].declared_name();
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        names.push_back(name);
        places.push_back({facts.plan.scenarios[id].heading.span, "no drill exercises this"});
    }
    auto& d = sink.report(diagnostics::messages::urgent_not_drilled, places.front().span, diagnostics::Words{list_of(names)},
                          diagnostics::Words{names.size() == 1 ? "it" : "each of them"}, diagnostics::Duration{rto});
    d.related.assign(places.begin() + 1, places.end());
    if (d.related.size() > 5) d.related.resize(5);
    d.subject = {"plan", facts.plan.heading.name};
    d.help = fmt::format("say which drill does: `exercises scenario {}`, or the procedure that is followed then", names.front());
}

}  // namespace

// A plan that has neither a drill nor a framework to answer to does not speak of practice.
void urgent_not_drilled(const Facts& facts, diagnostics::Sink& sink) {
    const auto rto = most_urgent_rto(facts.plan);
    if (!rto || (facts.plan.drills.empty() && facts.plan.compliance.empty())) return;
    Practised done = practised(facts);
    const std::vector<bool> routine = routine_procedures(facts.plan);
    for (std::size_t i = 0; i < routine.size(); ++i) done.procedures[i] = done.procedures[i] || routine[i];
    std::vector<Id<model::Scenario>> scenarios;
    for (const Estimate& e : facts.estimates) {
        const auto& scenario = facts.plan.scenarios[e.recovery.scenario];
        const bool practised = happens_each_year(scenario) || done.scenarios.count(scenario.declared_name()) != 0;
        if (!practised && needs_practice(facts, e, *rto, done)) scenarios.push_back(e.recovery.scenario);
    }
    if (!scenarios.empty()) report(facts, scenarios, *rto, sink);
}

}  // namespace muster::analysis::rules
