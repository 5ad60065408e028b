#include "simulator/misses_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/support/utf8.h"
#include "simulator/text.h"

namespace muster::simulator {
namespace {

// A difference of less than this, in hundredths of a percent, is no pattern.
constexpr std::uint64_t least_difference = 500;

std::string steps_text(const model::Plan& plan, const ServiceResult& result) {
    constexpr std::size_t most = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, result.causes.size()); ++i) {
        const Cause& cause = result.causes[i];
        text += fmt::format("{}{} ({})", i == 0 ? "" : ", ", model::qualified_name(plan, cause.step),
                            share_down(cause.trials, result.rta.count()));
    }
    return text.empty() ? "no step" : text;
}

std::string factors_text(const model::Plan& plan, const ServiceResult& result, std::uint64_t misses) {
    constexpr std::size_t most = 3;
    std::string text;
    std::size_t shown = 0;
    for (const Factor& factor : result.factors) {
        if (shown == most || hundredths_down(factor.missed, misses) < hundredths_down(factor.all, result.rta.count()) + least_difference)
            break;
        text += fmt::format("    {} {} in {} of the misses, in {} of all trials\n",
                            shown++ == 0 ? "what they have in common:" : "                         ", words_of(plan, factor),
                            share_down(factor.missed, misses), share_down(factor.all, result.rta.count()));
    }
    return text;
}

std::string miss_text(const model::Plan& plan, const ServiceResult& one) {
    const std::uint64_t trials = one.rta.count();
    std::string text = fmt::format("  {} misses its RTO of {} in {} of the trials; ", plan.services[one.service].heading.name,
                                   rounded_up(*one.rto), share_up(trials - one.met, trials));
    if (one.rta.never() == trials && !one.obstacle.empty()) return text + "it never comes back: " + support::printable(one.obstacle) + "\n";
    if (one.rta.unknowns() == trials) return text + "nobody can tell when it is back: " + support::printable(one.obstacle) + "\n";
    return text + "most often on its critical path: " + steps_text(plan, one) + "\n" + factors_text(plan, one, trials - one.met);
}

}  // namespace

std::string words_of(const model::Plan& plan, const Factor& factor) {
    const auto step = [&] { return "`" + model::qualified_name(plan, factor.step) + "`"; };
    const auto role = [&] { return "`" + plan.roles[factor.role].heading.name + "`"; };
    switch (factor.kind) {
        case Factor::Kind::outside_hours: return role() + " is paged outside its hours";
        case Factor::Kind::again: return "an attempt of " + step() + " fails";
        case Factor::Kind::unsound: return "a copy that " + step() + " restores is useless";
        case Factor::Kind::waited: return step() + " is waited for";
        case Factor::Kind::came_late: return role() + " is waited for";
    }
    __builtin_unreachable();
}

std::string misses_text(const model::Plan& plan, const ScenarioResult& result) {
    std::string text;
    for (const ServiceResult& one : result.services)
        if (one.rto && one.met < one.rta.count()) text += miss_text(plan, one);
    return text.empty() ? text : text + '\n';
}

}  // namespace muster::simulator
