#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "simulator/campaign.h"
#include "simulator/text.h"

namespace muster::simulator {
namespace {

using model::Plan;
using Rows = std::vector<std::vector<std::string>>;

// Shares of what is available are rounded down, so that nothing looks better than it is.
std::string share(double value) { return fmt::format("{:.4f}%", std::floor(value * 1e6) / 1e4); }

std::string share(model::Percent percent) { return fmt::format("{:.4f}%", static_cast<double>(percent.millionths) / 1e4); }

Time a_year(const Sum& sum, const Campaign& campaign) {
    const double years = static_cast<double>(campaign.campaigns) * static_cast<double>(campaign.years);
    return Time{static_cast<Time::rep>(std::ceil(static_cast<double>(sum.total) / years))};
}

std::string times_a_year(std::uint64_t times, const Campaign& campaign) {
    return fmt::format("{:.3f}",
                       static_cast<double>(times) / static_cast<double>(campaign.campaigns) / static_cast<double>(campaign.years));
}

std::string cost(const Plan& plan, const Campaign& campaign, Id<model::Service> id) {
    const auto cost = cost_a_year(plan, campaign, id);
    return cost ? fmt::format("{:.0f} {}", cost->value, plan.services[id].costs->currency) : "-";
}

std::string services_text(const Plan& plan, const Campaign& campaign) {
    Rows rows{
        {"service", "target", "availability", "95% interval", "kept in", "down a year", "outages a year", "longest p95", "cost a year"}};
    for (const auto id : plan.services.ids()) {
        const ServiceYears& years = campaign.services[id.value];
        const auto target = availability_target(plan, id);
        if (years.outages == 0 && !target) continue;
        const Mean mean = campaign.availability(id);
        rows.push_back({plan.services[id].heading.name, target ? share(*target) : "-", share(mean.value),
                        share(mean.low) + ".." + share(mean.high), target ? share_down(years.met, campaign.campaigns) : "-",
                        rounded_up(a_year(years.down, campaign)), times_a_year(years.outages, campaign),
                        rounded_up(years.longest.percentile(95)), cost(plan, campaign, id)});
    }
    return rows.size() == 1 ? "  no service is ever down\n\n" : table(rows);
}

std::string data_text(const Plan& plan, const Campaign& campaign) {
    Rows rows{{"data", "losses a year", "lost a year", "all of it"}};
    for (const auto id : plan.data.ids()) {
        const DataYears& years = campaign.data[id.value];
        if (years.losses == 0) continue;
        rows.push_back({plan.data[id].heading.name, times_a_year(years.losses, campaign), rounded_up(a_year(years.lost, campaign)),
                        times_a_year(years.for_ever, campaign)});
    }
    return rows.size() == 1 ? "" : table(rows);
}

std::string scenarios_text(const Plan& plan, const Campaign& campaign) {
    Rows rows{{"scenario", "a year", "dropped", "beside others"}};
    for (const auto id : plan.scenarios.ids()) {
        const ScenarioYears& years = campaign.scenarios[id.value];
        if (years.incidents == 0) continue;
        rows.push_back({plan.scenarios[id].heading.name, times_a_year(years.incidents, campaign), share_up(years.dropped, years.incidents),
                        share_up(years.overlapped, years.incidents)});
    }
    std::string text = table(rows);
    for (const auto id : never_coming(plan))
        text += fmt::format("  {} never comes: the plan does not say how likely it is\n", plan.scenarios[id].heading.name);
    return text;
}

// The same campaign before and after, so that the difference of means has the interval of neither; what differs is due to the change.
std::string signed_time(Time by) { return (by < Time::zero() ? "-" : "+") + support::format_duration(Time{std::chrono::abs(by)}); }

}  // namespace

std::optional<Mean> cost_a_year(const Plan& plan, const Campaign& campaign, Id<model::Service> id) {
    const auto& costs = plan.services[id].costs;
    if (!costs || costs->per <= Time::zero()) return std::nullopt;
    const Mean down = campaign.services[id.value].down.mean(campaign.campaigns);
    const double rate = static_cast<double>(costs->amount) / static_cast<double>(costs->per.count()) / static_cast<double>(campaign.years);
    return Mean{down.value * rate, std::max(0.0, down.low * rate), down.high * rate};
}

std::string render_campaign_text(const Plan& plan, const Campaign& campaign) {
    return fmt::format("{} campaigns of {} {}, seed {}\n\n", campaign.campaigns, campaign.years, campaign.years == 1 ? "year" : "years",
                       campaign.seed) +
           services_text(plan, campaign) + data_text(plan, campaign) + scenarios_text(plan, campaign);
}

std::string render_campaign_shift(const Plan& plan, const Campaign& campaign, const CampaignShift& shift) {
    std::string text = "\nwhat if\n";
    for (const std::string& change : shift.changes) text += "  " + change + "\n";
    Rows rows{{"service", "availability before", "after", "down a year moves by", "cost a year before", "after"}};
    for (const auto id : plan.services.ids())
        for (const auto same : shift.plan.services.ids()) {
            if (plan.services[id].heading.name != shift.plan.services[same].heading.name) continue;
            const ServiceYears &before = campaign.services[id.value], &after = shift.campaign.services[same.value];
            if (before == after) continue;
            rows.push_back({plan.services[id].heading.name, share(campaign.availability(id).value),
                            share(shift.campaign.availability(same).value),
                            signed_time(a_year(after.down, shift.campaign) - a_year(before.down, campaign)), cost(plan, campaign, id),
                            cost(shift.plan, shift.campaign, same)});
        }
    return text + "\n" + (rows.size() == 1 ? "  no campaign is any different\n" : table(rows));
}

}  // namespace muster::simulator
