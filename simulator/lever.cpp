#include "simulator/lever.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/analysis/calendar.h"

namespace muster::simulator {
namespace {

using model::Duration;
using model::Plan;

constexpr std::size_t most_steps = 6, most_heads = 4, most_responses = 3, most_detectors = 3, most_copies = 4;

Time shortened(Time time) { return Time{time.count() - time.count() / 5}; }

Duration shortened(Duration duration) {
    for (Time* part : {&duration.low, &duration.mode, &duration.high}) *part = shortened(*part);
    duration.origin.reset();
    return duration;
}

support::Size shortened(support::Size size) { return {size.bytes - size.bytes / 5}; }

// A restore moves a fifth less, so that it takes as much less, alone or beside others.
analysis::Delay shortened(const analysis::TransferDelay& delay) {
    analysis::Transfer parts = delay.transfer();
    parts.retrieval = shortened(parts.retrieval);
    for (Time* part : {&parts.moving, &parts.moving_log, &parts.replaying}) *part = shortened(*part);
    for (auto* flows : {&parts.flows, &parts.logs})
        for (analysis::Flow& flow : *flows) flow.bytes = shortened(flow.bytes);
    return analysis::TransferDelay(std::move(parts));
}

// Things and how much they were waited for; the most first, then by name.
template <class T>
class Ranking {
public:
    void add(Id<T> id, std::string name, std::uint64_t weight) {
        auto& entry = entries_[name];
        entry.first = id;
        entry.second += weight;
    }
    std::vector<Id<T>> best(std::size_t most) const {
        std::vector<std::pair<std::uint64_t, std::string>> order;
        for (const auto& [name, entry] : entries_)
            if (entry.second > 0) order.emplace_back(~entry.second, name);
        std::sort(order.begin(), order.end());
        std::vector<Id<T>> ids;
        for (std::size_t i = 0; i < std::min(most, order.size()); ++i) ids.push_back(entries_.at(order[i].second).first);
        return ids;
    }

private:
    std::map<std::string, std::pair<Id<T>, std::uint64_t>> entries_;
};

class Search {
public:
    Search(const Plan& plan, const Result& result, const analysis::Schedules& schedules) : plan_(plan), schedules_(schedules) {
        for (const ScenarioResult& scenario : result.scenarios) look_at(scenario, result.trials);
    }

    std::vector<Lever> run() {
        for (const auto id : steps_.best(most_steps)) add_step(id);
        for (const auto id : heads_.best(most_heads)) add_head(id);
        for (const auto id : responses_.best(most_responses)) add_response(id);
        for (const auto id : detectors_.best(most_detectors)) add_detector(id);
        for (const auto id : copies_.best(most_copies)) add_copy(id);
        return std::move(levers_);
    }

private:
    void look_at(const ScenarioResult& scenario, std::uint64_t trials) {
        bool late = false, lost = false;
        for (const ServiceResult& service : scenario.services) {
            if (!service.rto || service.met == trials) continue;
            late = true;
            for (const Cause& cause : service.causes) steps_.add(cause.step, model::qualified_name(plan_, cause.step), cause.trials);
            for (const RoleCause& cause : service.roles) responses_.add(cause.role, plan_.roles[cause.role].heading.name, cause.trials);
        }
        for (const DataResult& data : scenario.data) lost |= data.rpo && data.met < trials;
        if (!late && !lost) return;
        const analysis::Estimate estimate = analysis::estimate(plan_, scenario.scenario, schedules_);
        if (late) {
            for (const RoleResult& role : scenario.roles)
                heads_.add(role.role, plan_.roles[role.role].heading.name, static_cast<std::uint64_t>(role.busy.count()));
            for (const analysis::Node& node : estimate.recovery.network.nodes)
                if (const auto* d = std::get_if<analysis::DetectorDelay>(&node.delay))
                    detectors_.add(d->detector, plan_.detectors[d->detector].heading.name, 1);
        }
        for (const DataResult& data : scenario.data) {
            const auto& from = estimate.data[data.data.value].from;
            if (data.rpo && data.met < trials && from && from->copy)
                copies_.add(*from->copy, model::qualified_name(plan_, *from->copy), trials - data.met);
        }
    }

    void add_step(Id<model::Step> id) {
        const model::Step& step = plan_.steps[id];
        Lever lever{fmt::format("step `{}` a fifth faster", model::qualified_name(plan_, id)), "", {}, {}};
        if (step.takes) {
            if (step.takes->value.shape == Duration::Shape::measured) return;
            const Duration shorter = shortened(step.takes->value);
            lever.change = fmt::format("procedure {} {{ step {} {{ takes {} }} }}", plan_.procedures[step.procedure].heading.name,
                                       step.heading.name, model::written(shorter));
            lever.on_plan = [id, shorter](Plan& plan) { plan.steps[id].takes->value = shorter; };
        } else {
            lever.on_recovery = [id](analysis::Recovery& recovery) {
                if (recovery.steps[id.value] == 0) return;
                analysis::Node& node = recovery.network.nodes[recovery.steps[id.value]];
                if (const auto* restore = std::get_if<analysis::TransferDelay>(&node.delay)) node.delay = shortened(*restore);
            };
        }
        levers_.push_back(std::move(lever));
    }

    void add_head(Id<model::Role> id) {
        const model::Role& role = plan_.roles[id];
        levers_.push_back({fmt::format("one more `{}`, {} in all", role.heading.name, role.headcount + 1),
                           fmt::format("role {} {{ headcount {} }}", role.heading.name, role.headcount + 1),
                           [id](Plan& plan) { ++plan.roles[id].headcount; },
                           {}});
    }

    void add_response(Id<model::Role> id) {
        const model::Role& role = plan_.roles[id];
        std::string figures;
        for (const auto& [said, where] : {std::pair{&role.responds, ""}, std::pair{&role.responds_outside, " outside hours"}}) {
            if (!*said) continue;
            if ((*said)->value.shape == Duration::Shape::measured) return;
            figures += fmt::format("{}responds {}{}", figures.empty() ? "" : "; ", model::written(shortened((*said)->value)), where);
        }
        if (figures.empty()) return;
        levers_.push_back({fmt::format("`{}` responds a fifth sooner", role.heading.name),
                           fmt::format("role {} {{ {} }}", role.heading.name, figures),
                           [id](Plan& plan) {
                               for (auto* said : {&plan.roles[id].responds, &plan.roles[id].responds_outside})
                                   if (*said) (*said)->value = shortened((*said)->value);
                           },
                           {}});
    }

    void add_detector(Id<model::Detector> id) {
        const model::Detector& detector = plan_.detectors[id];
        if (!detector.every || detector.every->value < Time{2}) return;
        const Time half = detector.every->value / 2;
        levers_.push_back({fmt::format("`{}` looks twice as often", detector.heading.name),
                           fmt::format("detector {} {{ every {} }}", detector.heading.name, support::format_duration(half)),
                           [id, half](Plan& plan) { plan.detectors[id].every->value = half; },
                           {}});
    }

    void add_copy(Id<model::Copy> id) {
        const model::Copy& copy = plan_.copies[id];
        std::optional<Time> apart;
        if (copy.archive() != nullptr && copy.archive()->every) apart = copy.archive()->every->value;
        if (copy.backup() != nullptr && copy.backup()->schedule)
            apart = analysis::Timetable(*copy.backup()->schedule).longest_gap(schedules_.as_of());
        if (!apart || *apart < Time{2}) return;
        const Time half = *apart / 2;
        levers_.push_back({fmt::format("`{}` every {}", model::qualified_name(plan_, id), support::format_duration(half)),
                           fmt::format("{} {} of {} {{ every {} }}", copy.kind_name(), copy.heading.name,
                                       plan_.data[copy.of.front().value].heading.name, support::format_duration(half)),
                           [id, half](Plan& plan) {
                               if (auto* archive = std::get_if<model::Archive>(&plan.copies[id].means)) archive->every->value = half;
                               if (auto* backup = std::get_if<model::Backup>(&plan.copies[id].means)) backup->schedule->interval = half;
                           },
                           {}});
    }

    const Plan& plan_;
    const analysis::Schedules& schedules_;
    Ranking<model::Step> steps_;
    Ranking<model::Role> heads_;
    Ranking<model::Role> responses_;
    Ranking<model::Detector> detectors_;
    Ranking<model::Copy> copies_;
    std::vector<Lever> levers_;
};

}  // namespace

std::vector<Lever> levers(const Plan& plan, const Result& result, const analysis::Schedules& schedules) {
    return Search(plan, result, schedules).run();
}

}  // namespace muster::simulator
