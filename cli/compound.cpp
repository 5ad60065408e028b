#include "cli/compound.h"

#include <fmt/format.h>

#include "cli/output.h"
#include "cli/simulate_report.h"
#include "simulator/compound.h"

namespace muster::cli {

using model::Scenario;
using support::Id;

std::optional<std::pair<Id<Scenario>, Id<Scenario>>> two_scenarios(const model::Plan& plan, const std::vector<std::string>& names) {
    std::vector<Id<Scenario>> found;
    for (const std::string& name : names)
        for (const auto id : plan.scenarios.ids())
            if (plan.scenarios[id].heading.name == name) found.push_back(id);
    if (names.size() == 2 && found.size() == 2 && names[0] != names[1]) return std::pair(found[0], found[1]);
    std::string known;
    for (const Scenario& scenario : plan.scenarios) known += (known.empty() ? "" : ", ") + scenario.heading.name;
    complain(
        fmt::format("two different scenarios are wanted, as A,B{}", known.empty() ? "; the plan has none" : "; the plan has " + known));
    return std::nullopt;
}

Input with_both(Input input, Id<Scenario> a, Id<Scenario> b) {
    Scenario both = simulator::together(input.plan.scenarios[a], input.plan.scenarios[b]);
    input.plan.scenarios.add(std::move(both));
    return input;
}

int tell_during(const Input& input, const Common& common, simulator::Options options, Id<Scenario> a, Id<Scenario> b) {
    const std::string first = input.plan.scenarios[a].heading.name, second = input.plan.scenarios[b].heading.name;
    const auto both = simulator::taken_by_both(input.plan, a, b, options.as_of);
    if (!both.empty()) {
        complain(fmt::format("{} takes away {}, which is down already while {} is recovered from; --together makes them one disaster",
                             second, fmt::join(both, ", "), first));
        return exit_code::trouble;
    }
    options.only = {a, b};
    const auto result = simulator::simulate(input.plan, options);
    const auto shifts = simulator::compare_during(input.plan, a, b, options);
    const std::vector<std::string> words{fmt::format("{} comes while {} is recovered from", second, first)};
    const simulator::WhatIf what_if{words, shifts};
    return report(input, result, common, {&what_if, nullptr, nullptr, false});
}

}  // namespace muster::cli
