#include "simulator/tally.h"

#include <algorithm>
#include <tuple>

namespace muster::simulator {
namespace {

using analysis::Node;
using analysis::NodeId;
using support::never;

std::optional<Time> time_of(const std::optional<support::Said<Time>>& said) { return said ? std::optional(said->value) : std::nullopt; }

std::uint64_t meets(Time achieved, const std::optional<Time>& objective) { return objective && achieved <= *objective ? 1 : 0; }

Time mean(__int128 sum, std::uint64_t trials) {
    const auto count = static_cast<__int128>(std::max<std::uint64_t>(1, trials));
    return Time{static_cast<Time::rep>((sum + count / 2) / count)};
}

}  // namespace

Tally::Tally(const Rehearsal& rehearsal)
    : rehearsal_(rehearsal), network_(rehearsal.estimate().recovery.network), critical_(rehearsal.estimate().recovery.network) {
    const analysis::Estimate& planned = rehearsal.estimate();
    for (const analysis::ServiceOutcome& outcome : planned.services)
        if (planned.recovery.network.ready[outcome.service.value] != 0)
            services_.push_back({outcome.service, time_of(outcome.rto), {}, 0, {}});
    for (const analysis::DataOutcome& outcome : planned.data) data_.push_back({outcome.data, time_of(outcome.rpo), {}, 0});
    for (NodeId step = 0; step < network_.nodes.size(); ++step) {
        if (network_.nodes[step].kind != Node::Kind::step) continue;
        for (const NodeId input : network_.nodes[step].inputs) {
            if (network_.nodes[input].kind != Node::Kind::response) continue;
            tasks_.push_back({step, input});
            roles_[network_.nodes[input].subject] = {};
        }
        // Whose hands a step takes: those of who stands in where nobody is in the role.
        for (const analysis::Demand& demand : network_.nodes[step].demands) {
            if (demand.pool >= rehearsal.plan().roles.size()) continue;
            hands_.push_back({step, demand.pool});
            roles_[demand.pool] = {};
        }
    }
    watch_expectations();
}

void Tally::watch_expectations() {
    const model::Plan& plan = rehearsal_.plan();
    for (const auto id : plan.expectations.ids()) {
        const auto& scenarios = plan.expectations[id].scenarios;
        if (std::find(scenarios.begin(), scenarios.end(), rehearsal_.estimate().recovery.scenario) == scenarios.end()) continue;
        watches_.emplace_back(rehearsal_, id);
        observed_.push_back(watches_.back().blank());
    }
}

void Tally::add(const Outcome& outcome) {
    ++trials_;
    for (ServiceCount& count : services_) add_service(count, outcome);
    for (DataResult& count : data_) {
        const Time rpa = outcome.rpa[count.data.value];
        count.rpa.add(rpa);
        count.met += meets(rpa, count.rpo);
    }
    for (const Task& task : tasks_) add_wait(task, outcome.times);
    for (const Hands& hands : hands_) add_work(hands, outcome.times);
    for (std::size_t i = 0; i < watches_.size(); ++i) watches_[i].add(outcome, observed_[i]);
}

void Tally::add_service(ServiceCount& count, const Outcome& outcome) {
    const Time rta = outcome.rta[count.service.value];
    count.rta.add(rta);
    count.met += meets(rta, count.rto);
    if (rta >= unknown) return;
    for (const NodeId node : critical_.before(network_.reached[count.service.value], outcome.times))
        if (network_.nodes[node].kind == Node::Kind::step) ++count.critical[network_.nodes[node].subject];
}

void Tally::add_work(const Hands& hands, const analysis::Times& times) {
    const Time end = over(network_, times, hands.step);
    if (end != never) roles_[hands.role].busy += (end - times.begin[hands.step]).count();
}

void Tally::add_wait(const Task& task, const analysis::Times& times) {
    RoleCount& count = roles_[network_.nodes[task.response].subject];
    if (times.begin[task.step] == never) return;
    Time otherwise_ready{0};
    for (const NodeId input : network_.nodes[task.step].inputs)
        if (input != task.response) otherwise_ready = std::max(otherwise_ready, times.end[input]);
    count.waited += std::max(Time::zero(), times.end[task.response] - otherwise_ready).count();
}

void Tally::merge(const Tally& other) {
    trials_ += other.trials_;
    for (std::size_t i = 0; i < services_.size(); ++i) {
        services_[i].rta.merge(other.services_[i].rta);
        services_[i].met += other.services_[i].met;
        for (const auto& [step, trials] : other.services_[i].critical) services_[i].critical[step] += trials;
    }
    for (std::size_t i = 0; i < data_.size(); ++i) {
        data_[i].rpa.merge(other.data_[i].rpa);
        data_[i].met += other.data_[i].met;
    }
    for (std::size_t i = 0; i < observed_.size(); ++i) {
        observed_[i].trials += other.observed_[i].trials;
        observed_[i].times.merge(other.observed_[i].times);
        observed_[i].within += other.observed_[i].within;
        observed_[i].held += other.observed_[i].held;
    }
    for (const auto& [role, count] : other.roles_) {
        roles_[role].busy += count.busy;
        roles_[role].waited += count.waited;
    }
}

ScenarioResult Tally::result() const {
    ScenarioResult result;
    result.scenario = rehearsal_.estimate().recovery.scenario;
    for (const analysis::ServiceOutcome& planned : rehearsal_.estimate().services) result.services.push_back(service_result(planned));
    result.data = data_;
    result.roles = role_results();
    result.expectations = observed_;
    return result;
}

ServiceResult Tally::service_result(const analysis::ServiceOutcome& planned) const {
    ServiceResult result{planned.service, planned.state, time_of(planned.rto), {}, 0, {}, planned.obstacle};
    const auto count =
        std::find_if(services_.begin(), services_.end(), [&](const ServiceCount& c) { return c.service == planned.service; });
    if (count == services_.end()) {
        result.rta.add(Time::zero(), trials_);
        result.met = planned.rto ? trials_ : 0;
        return result;
    }
    result.rta = count->rta;
    result.met = count->met;
    result.causes = causes(*count);
    return result;
}

std::vector<Cause> Tally::causes(const ServiceCount& count) const {
    std::vector<Cause> causes;
    for (const auto& [step, trials] : count.critical) causes.push_back({{step}, trials});
    const auto rank = [&](const Cause& cause) { return std::tuple(~cause.trials, model::qualified_name(rehearsal_.plan(), cause.step)); };
    std::sort(causes.begin(), causes.end(), [&](const Cause& a, const Cause& b) { return rank(a) < rank(b); });
    return causes;
}

std::vector<RoleResult> Tally::role_results() const {
    std::vector<RoleResult> results;
    for (const auto& [role, count] : roles_) results.push_back({{role}, mean(count.busy, trials_), mean(count.waited, trials_)});
    return results;
}

}  // namespace muster::simulator
