#include "simulator/tally.h"

#include <algorithm>
#include <tuple>

namespace muster::simulator {
namespace {

using analysis::Node;
using analysis::NodeId;
using support::never;

std::optional<Time> time_of(const std::optional<support::Said<Time>>& said) { return said ? std::optional(said->value) : std::nullopt; }

Time mean(__int128 sum, std::uint64_t trials) {
    const auto count = static_cast<__int128>(std::max<std::uint64_t>(1, trials));
    return Time{static_cast<Time::rep>((sum + count / 2) / count)};
}

}  // namespace

Tally::Tally(const Rehearsal& rehearsal)
    : rehearsal_(rehearsal),
      network_(rehearsal.estimate().recovery.network),
      critical_(rehearsal.estimate().recovery.network),
      possible_(rehearsal.sampler().possible_marks()) {
    const analysis::Estimate& planned = rehearsal.estimate();
    for (const analysis::ServiceOutcome& outcome : planned.services)
        if (network_.ready[outcome.service.value] != 0) services_.push_back({outcome.service, time_of(outcome.rto)});
    counts_.services.resize(services_.size());
    for (ServiceCount& count : counts_.services) count.marks.resize(possible_.size());
    counts_.data.resize(planned.data.size());
    watch_people();
    watch_expectations();
}

void Tally::watch_people() {
    for (NodeId step = 0; step < network_.nodes.size(); ++step) {
        if (network_.nodes[step].kind != Node::Kind::step) continue;
        for (const NodeId input : network_.nodes[step].inputs) {
            if (network_.nodes[input].kind != Node::Kind::response) continue;
            tasks_.push_back({step, input});
            counts_.roles[network_.nodes[input].subject] = {};
        }
        // Whose hands a step takes: those of who stands in where nobody is in the role.
        for (const analysis::Demand& demand : network_.nodes[step].demands) {
            if (demand.pool >= rehearsal_.plan().roles.size()) continue;
            hands_.push_back({step, demand.pool});
            counts_.roles[demand.pool] = {};
        }
    }
}

void Tally::watch_expectations() {
    const model::Plan& plan = rehearsal_.plan();
    for (const auto id : plan.expectations.ids()) {
        const auto& scenarios = plan.expectations[id].scenarios;
        if (std::find(scenarios.begin(), scenarios.end(), rehearsal_.estimate().recovery.scenario) == scenarios.end()) continue;
        watches_.emplace_back(rehearsal_, id);
    }
    counts_.watches.resize(watches_.size());
}

void Tally::add(const Outcome& outcome) {
    ++counts_.trials;
    note_marks(outcome);
    critical_.look_at(outcome.times);
    for (std::size_t i = 0; i < services_.size(); ++i) add_service(services_[i], counts_.services[i], outcome);
    const auto& planned = rehearsal_.estimate().data;
    for (std::size_t i = 0; i < planned.size(); ++i) {
        const Time rpa = outcome.rpa[planned[i].data.value];
        counts_.data[i].rpa.add(rpa);
        counts_.data[i].met += planned[i].rpo && rpa <= planned[i].rpo->value ? 1 : 0;
    }
    for (const Task& task : tasks_) add_wait(task, outcome.times);
    for (const Hands& hands : hands_) add_work(hands, outcome.times);
    for (std::size_t i = 0; i < watches_.size(); ++i) watches_[i].add(outcome, counts_.watches[i]);
}

void Tally::note_marks(const Outcome& outcome) {
    befell_.clear();
    for (const Mark& mark : outcome.marks)
        befell_.push_back(static_cast<std::size_t>(std::lower_bound(possible_.begin(), possible_.end(), mark) - possible_.begin()));
    std::sort(befell_.begin(), befell_.end());
    befell_.erase(std::unique(befell_.begin(), befell_.end()), befell_.end());
}

void Tally::add_service(const Asked& asked, ServiceCount& count, const Outcome& outcome) {
    const Time rta = outcome.rta[asked.service.value];
    const bool met = asked.rto && rta <= *asked.rto, missed = asked.rto && !met;
    count.rta.add(rta);
    count.met += met ? 1 : 0;
    for (const std::size_t mark : befell_) count.marks[mark].add(missed);
    if (rta >= unknown) return;
    for (const NodeId id : critical_.before(network_.reached[asked.service.value])) {
        const Node& node = network_.nodes[id];
        if (node.kind == Node::Kind::step) count.steps[node.subject].add(missed);
        if (node.kind == Node::Kind::response) count.roles[node.subject].add(missed);
    }
}

void Tally::add_work(const Hands& hands, const TrialTimes& times) {
    const Time end = times.over(network_, hands.step);
    if (end != never) counts_.roles[hands.role].busy += (end - times.begin(hands.step)).count();
}

void Tally::add_wait(const Task& task, const TrialTimes& times) {
    RoleCount& count = counts_.roles[network_.nodes[task.response].subject];
    if (times.begin(task.step) == never) return;
    Time otherwise_ready{0};
    for (const NodeId input : network_.nodes[task.step].inputs)
        if (input != task.response) otherwise_ready = std::max(otherwise_ready, times.end(input));
    count.waited += std::max(Time::zero(), times.end(task.response) - otherwise_ready).count();
}

ScenarioResult Tally::result() const {
    const analysis::Estimate& planned = rehearsal_.estimate();
    ScenarioResult result;
    result.scenario = planned.recovery.scenario;
    for (const analysis::ServiceOutcome& service : planned.services) result.services.push_back(service_result(service));
    for (std::size_t i = 0; i < planned.data.size(); ++i)
        result.data.push_back({planned.data[i].data, time_of(planned.data[i].rpo), counts_.data[i].rpa, counts_.data[i].met});
    result.roles = role_results();
    for (std::size_t i = 0; i < watches_.size(); ++i) result.expectations.push_back(watches_[i].observed(counts_.watches[i]));
    return result;
}

ServiceResult Tally::service_result(const analysis::ServiceOutcome& planned) const {
    ServiceResult result{planned.service, planned.state, time_of(planned.rto), {}, 0, {}, {}, {}, planned.obstacle};
    const auto asked = std::find_if(services_.begin(), services_.end(), [&](const Asked& one) { return one.service == planned.service; });
    if (asked == services_.end()) {
        result.rta.add(Time::zero(), counts_.trials);
        result.met = planned.rto ? counts_.trials : 0;
        return result;
    }
    const ServiceCount& count = counts_.services[static_cast<std::size_t>(asked - services_.begin())];
    result.rta = count.rta;
    result.met = count.met;
    result.causes = causes(count);
    result.roles = role_causes(count);
    if (asked->rto && count.met < counts_.trials) result.factors = factors(count);
    return result;
}

std::vector<Cause> Tally::causes(const ServiceCount& count) const {
    std::vector<Cause> causes;
    for (const auto& [step, trials] : count.steps) causes.push_back({{step}, trials.all});
    const auto rank = [&](const Cause& cause) { return std::tuple(~cause.trials, model::qualified_name(rehearsal_.plan(), cause.step)); };
    std::sort(causes.begin(), causes.end(), [&](const Cause& a, const Cause& b) { return rank(a) < rank(b); });
    return causes;
}

std::vector<RoleCause> Tally::role_causes(const ServiceCount& count) const {
    std::vector<RoleCause> causes;
    for (const auto& [role, trials] : count.roles) causes.push_back({{role}, trials.all});
    const auto rank = [&](const RoleCause& cause) { return std::tuple(~cause.trials, rehearsal_.plan().roles[cause.role].heading.name); };
    std::sort(causes.begin(), causes.end(), [&](const RoleCause& a, const RoleCause& b) { return rank(a) < rank(b); });
    return causes;
}

std::vector<RoleResult> Tally::role_results() const {
    std::vector<RoleResult> results;
    for (const auto& [role, count] : counts_.roles)
        results.push_back({{role}, mean(count.busy, counts_.trials), mean(count.waited, counts_.trials)});
    return results;
}

}  // namespace muster::simulator
