#include "cli/campaign.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/output.h"
#include "cli/what_if.h"

namespace muster::cli {
namespace {

bool keeps_targets(const model::Plan& plan, const simulator::Campaign& campaign) {
    const auto services = plan.services.ids();
    return std::all_of(services.begin(), services.end(), [&](auto id) {
        const auto target = simulator::availability_target(plan, id);
        return !target || campaign.availability(id).value >= static_cast<double>(target->millionths) / 1e6;
    });
}

int report(const Input& input, const Common& common, const simulator::Campaign& campaign, const simulator::CampaignShift* shift) {
    std::string text;
    if (common.format == "json") text = simulator::render_campaign_json(input.plan, campaign, input.provenance(), shift);
    else text = simulator::render_campaign_text(input.plan, campaign);
    if (common.format != "json" && shift != nullptr) text += simulator::render_campaign_shift(input.plan, campaign, *shift);
    if (!common.quiet && !print(text)) return exit_code::trouble;
    const bool kept = shift == nullptr ? keeps_targets(input.plan, campaign) : keeps_targets(shift->plan, shift->campaign);
    return kept || common.fail_on == "never" ? exit_code::fine : exit_code::findings;
}

}  // namespace

bool has_campaigns(const Input& input, const simulator::CampaignOptions& options) {
    const double expected = simulator::expected_incidents(input.plan, options);
    if (expected == 0)
        complain("no scenario says how likely it is: `likelihood 1 per 5y`, or a level and a profile that says what it means");
    else if (expected > simulator::most_incidents)
        complain(
            fmt::format("{} years bring {:.0f} incidents, and one campaign follows at most {:.0f}: fewer --years, or a smaller likelihood",
                        options.years, expected, simulator::most_incidents));
    return expected > 0 && expected <= simulator::most_incidents;
}

int simulate_campaigns(const Input& input, const Common& common, const simulator::CampaignOptions& options) {
    if (!has_campaigns(input, options)) return exit_code::trouble;
    const auto campaign = simulator::run_campaigns(input.plan, options);
    if (!common.changes_plan()) return report(input, common, campaign, nullptr);
    const auto changed = would_be(input, common);
    if (!changed) return exit_code::trouble;
    if (!changed->input.readable) return print_findings(changed->input, common) ? exit_code::findings : exit_code::trouble;
    if (!has_campaigns(changed->input, options)) return exit_code::trouble;
    const auto after = simulator::run_campaigns(changed->input.plan, options);
    const simulator::CampaignShift shift{changed->changes, changed->input.plan, after};
    return report(input, common, campaign, &shift);
}

}  // namespace muster::cli
