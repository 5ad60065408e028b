#include "cli/simulate_report.h"

#include <algorithm>

#include "cli/output.h"
#include "simulator/report_text.h"

namespace muster::cli {
namespace {

// An objective counts as kept where this share of the trials keeps it.
constexpr std::uint64_t kept_of = 95, kept_in = 100;

bool kept(std::uint64_t met, std::uint64_t trials) { return met * kept_in >= trials * kept_of; }

std::string as_text(const Input& input, const simulator::Result& result, const Telling& telling, const simulator::Sensitivity* levers) {
    std::string text = simulator::render_text(input.plan, result, telling.plot);
    if (telling.what_if != nullptr) text += simulator::render_shifts(telling.what_if->shifts, telling.what_if->changes);
    return levers == nullptr ? text : text + simulator::render_levers(*levers);
}

}  // namespace

bool misses_objective(const simulator::Result& result) {
    return std::any_of(result.scenarios.begin(), result.scenarios.end(), [&](const auto& scenario) {
        return std::any_of(scenario.services.begin(), scenario.services.end(),
                           [&](const auto& one) { return one.rto && !kept(one.met, result.trials); }) ||
               std::any_of(scenario.data.begin(), scenario.data.end(),
                           [&](const auto& one) { return one.rpo && !kept(one.met, result.trials); });
    });
}

int report(const Input& input, const simulator::Result& result, const Common& common, const Telling& telling) {
    const int code = misses_objective(telling.judged != nullptr ? *telling.judged : result) && common.fail_on != "never"
                         ? exit_code::findings
                         : exit_code::fine;
    if (common.quiet) return code;
    std::optional<simulator::Sensitivity> levers;
    if (telling.levers != nullptr) levers = simulator::sensitivity(input.plan, result, *telling.levers);
    const simulator::Sensitivity* told = levers ? &*levers : nullptr;
    const std::string text = common.format == "json"
                                 ? simulator::render_json(input.plan, result, input.provenance(), {telling.what_if, told})
                                 : as_text(input, result, telling, told);
    return print(text) ? code : exit_code::trouble;
}

}  // namespace muster::cli
