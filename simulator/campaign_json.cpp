#include <nlohmann/json.hpp>

#include "simulator/campaign.h"

namespace muster::simulator {
namespace {

using nlohmann::ordered_json;

ordered_json interval(const Mean& mean) { return {{"mean", mean.value}, {"low", mean.low}, {"high", mean.high}}; }

// Of the years of all campaigns, as a number for each year.
double a_year(double total, const Campaign& campaign) {
    return total / static_cast<double>(campaign.campaigns) / static_cast<double>(campaign.years);
}

Mean a_year(const Sum& sum, const Campaign& campaign) {
    const Mean mean = sum.mean(campaign.campaigns);
    const auto years = static_cast<double>(campaign.years);
    return {mean.value / years, mean.low / years, mean.high / years};
}

ordered_json service(const model::Plan& plan, const Campaign& campaign, Id<model::Service> id) {
    const ServiceYears& years = campaign.services[id.value];
    const Mean availability = campaign.availability(id);
    ordered_json out{{"name", plan.services[id].heading.name},
                     {"availability", availability.value},
                     {"availability_low", availability.low},
                     {"availability_high", availability.high}};
    if (const auto target = availability_target(plan, id)) {
        out["target"] = static_cast<double>(target->millionths) / 1e6;
        out["kept"] = static_cast<double>(years.met) / static_cast<double>(campaign.campaigns);
    }
    out["downtime_per_year_ms"] = a_year(static_cast<double>(years.down.total), campaign);
    out["outages_per_year"] = a_year(static_cast<double>(years.outages), campaign);
    out["for_ever_per_year"] = a_year(static_cast<double>(years.for_ever), campaign);
    out["longest_p95_ms"] = years.longest.percentile(95).count();
    if (const auto cost = cost_a_year(plan, campaign, id)) {
        out["cost_per_year"] = interval(*cost);
        out["currency"] = plan.services[id].costs->currency;
    }
    return out;
}

ordered_json lists(const model::Plan& plan, const Campaign& campaign) {
    ordered_json out;
    for (const char* list : {"services", "data", "scenarios", "never_coming"}) out[list] = ordered_json::array();
    for (const auto id : plan.services.ids()) out["services"].push_back(service(plan, campaign, id));
    for (const auto id : plan.data.ids()) {
        const DataYears& years = campaign.data[id.value];
        out["data"].push_back({{"name", plan.data[id].heading.name},
                               {"losses_per_year", a_year(static_cast<double>(years.losses), campaign)},
                               {"lost_per_year_ms", interval(a_year(years.lost, campaign))},
                               {"for_ever_per_year", a_year(static_cast<double>(years.for_ever), campaign)}});
    }
    for (const auto id : plan.scenarios.ids()) {
        const ScenarioYears& years = campaign.scenarios[id.value];
        out["scenarios"].push_back({{"name", plan.scenarios[id].heading.name},
                                    {"incidents", years.incidents},
                                    {"dropped", years.dropped},
                                    {"overlapped", years.overlapped}});
    }
    for (const auto id : never_coming(plan)) out["never_coming"].push_back(plan.scenarios[id].heading.name);
    return out;
}

}  // namespace

std::string render_campaign_json(const model::Plan& plan, const Campaign& campaign, const diagnostics::Provenance& provenance,
                                 const CampaignShift* shift) {
    ordered_json out{{"format", 1},
                     {"tool", {{"name", "muster"}, {"version", provenance.tool_version}}},
                     {"plan", {{"name", provenance.plan_name}, {"title", provenance.plan_title}, {"hash", provenance.plan_hash}}},
                     {"seed", campaign.seed},
                     {"campaigns", campaign.campaigns},
                     {"years", campaign.years}};
    out.update(lists(plan, campaign));
    if (shift != nullptr) {
        out["what_if"] = {{"changes", shift->changes}};
        out["what_if"].update(lists(shift->plan, shift->campaign));
    }
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace muster::simulator
