#include "simulator/campaign.h"

#include <algorithm>
#include <cmath>

#include "simulator/crew.h"
#include "simulator/history.h"

namespace muster::simulator {
namespace {

constexpr double z = 1.959963984540054;  // the normal distribution's 97.5th percentile

Campaign blank(const model::Plan& plan, const CampaignOptions& options) {
    return {options.seed,
            0,
            options.years,
            std::vector<ServiceYears>(plan.services.size()),
            std::vector<DataYears>(plan.data.size()),
            std::vector<ScenarioYears>(plan.scenarios.size())};
}

void merge(Campaign& into, const Campaign& other) {
    into.campaigns += other.campaigns;
    for (std::size_t i = 0; i < into.services.size(); ++i) {
        ServiceYears& one = into.services[i];
        one.down.merge(other.services[i].down);
        one.longest.merge(other.services[i].longest);
        one.outages += other.services[i].outages;
        one.for_ever += other.services[i].for_ever;
        one.met += other.services[i].met;
    }
    for (std::size_t i = 0; i < into.data.size(); ++i) {
        into.data[i].lost.merge(other.data[i].lost);
        into.data[i].losses += other.data[i].losses;
        into.data[i].for_ever += other.data[i].for_ever;
    }
    for (std::size_t i = 0; i < into.scenarios.size(); ++i) {
        into.scenarios[i].incidents += other.scenarios[i].incidents;
        into.scenarios[i].dropped += other.scenarios[i].dropped;
        into.scenarios[i].overlapped += other.scenarios[i].overlapped;
    }
}

}  // namespace

Mean Sum::mean(std::uint64_t count) const {
    const auto n = static_cast<double>(count);
    const double mean = static_cast<double>(total) / n;
    const double variance = count < 2 ? 0 : std::max(0.0, static_cast<double>(squares) - n * mean * mean) / (n - 1);
    const double reach = z * std::sqrt(variance / n);
    return {mean, mean - reach, mean + reach};
}

Mean Campaign::availability(Id<model::Service> service) const {
    const double all = static_cast<double>(years) * static_cast<double>(year.count());
    const Mean down = services[service.value].down.mean(campaigns);
    return {1 - down.value / all, std::max(0.0, 1 - down.high / all), std::min(1.0, 1 - down.low / all)};
}

std::optional<model::Percent> availability_target(const model::Plan& plan, Id<model::Service> id) {
    const model::Service& service = plan.services[id];
    if (service.objectives.availability) return service.objectives.availability->value;
    if (!service.tier || !plan.tiers[service.tier->value].objectives.availability) return std::nullopt;
    return plan.tiers[service.tier->value].objectives.availability->value;
}

std::vector<Id<model::Scenario>> never_coming(const model::Plan& plan) {
    std::vector<Id<model::Scenario>> all;
    for (const auto id : plan.scenarios.ids())
        if (rate_of(plan.scenarios[id]) == 0) all.push_back(id);
    return all;
}

double expected_incidents(const model::Plan& plan, const CampaignOptions& options) {
    double sum = 0;
    for (const model::Scenario& scenario : plan.scenarios) sum += rate_of(scenario);
    return sum * static_cast<double>(options.years) * static_cast<double>(year.count());
}

Campaign run_campaigns(const model::Plan& plan, const CampaignOptions& options) {
    const analysis::Schedules schedules(plan, options.as_of);
    std::vector<Rehearsal> rehearsals;
    for (const auto scenario : plan.scenarios.ids()) rehearsals.emplace_back(plan, scenario, schedules);
    Campaign total = blank(plan, options);
    by_threads(
        0, options.campaigns, options.threads, [&] { return blank(plan, options); },
        [&](std::uint64_t number, Campaign& own) { History(rehearsals, options, number).add_to(own); },
        [&](const Campaign& own) { merge(total, own); });
    return total;
}

}  // namespace muster::simulator
