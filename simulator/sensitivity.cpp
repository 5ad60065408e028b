#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compiler/support/utf8.h"
#include "simulator/abreast.h"
#include "simulator/crew.h"
#include "simulator/lever.h"
#include "simulator/text.h"

namespace muster::simulator {
namespace {

using model::Plan;

constexpr double z = 1.959963984540054;  // the normal distribution's 97.5th percentile

// An objective of one scenario: of a service or of data.
struct Objective {
    std::size_t scenario;  ///< among those that are rehearsed
    bool service;
    std::uint32_t id;
    Time limit;
};

// Which objectives each trial meets.
using Met = std::vector<std::vector<bool>>;  // by trial, then by objective

// The scenarios in which some trial misses an objective, and their objectives.
struct Stage {
    std::vector<Id<model::Scenario>> scenarios;
    std::vector<Objective> objectives;
};

Stage stage_of(const Result& result) {
    Stage stage;
    for (const ScenarioResult& scenario : result.scenarios) {
        std::vector<Objective> own;
        bool missed = false;
        for (const ServiceResult& one : scenario.services) {
            if (one.rto) own.push_back({stage.scenarios.size(), true, one.service.value, *one.rto});
            missed |= one.rto && one.met < result.trials;
        }
        for (const DataResult& one : scenario.data) {
            if (one.rpo) own.push_back({stage.scenarios.size(), false, one.data.value, *one.rpo});
            missed |= one.rpo && one.met < result.trials;
        }
        if (!missed) continue;
        stage.scenarios.push_back(scenario.scenario);
        stage.objectives.insert(stage.objectives.end(), own.begin(), own.end());
    }
    return stage;
}

Met met_by(const Plan& plan, const Stage& stage, const Rehearsal::Edit& edit, const Options& options, std::uint64_t trials) {
    const analysis::Schedules schedules(plan, options.as_of);
    std::vector<Rehearsal> rehearsals;
    for (const auto id : stage.scenarios) rehearsals.emplace_back(plan, id, schedules, edit);
    Met met(trials);
    const auto blank = [&] {
        std::vector<Trials> own;
        for (const Rehearsal& rehearsal : rehearsals) own.emplace_back(rehearsal, options.seed);
        return own;
    };
    const auto make = [&](std::uint64_t trial, std::vector<Trials>& own) {
        for (const Objective& one : stage.objectives) {
            const Outcome& outcome = own[one.scenario].at(trial);
            met[trial].push_back((one.service ? outcome.rta : outcome.rpa)[one.id] <= one.limit);
        }
    };
    by_threads(0, trials, options.threads, blank, make, [](const std::vector<Trials>&) {});
    return met;
}

// How many objectives more each trial meets, on average.
Mean gain_of(const Met& before, const Met& after) {
    std::int64_t sum = 0, squares = 0;
    for (std::size_t trial = 0; trial < before.size(); ++trial) {
        std::int64_t more = 0;
        for (std::size_t i = 0; i < before[trial].size(); ++i) more += after[trial][i] - before[trial][i];
        sum += more;
        squares += more * more;
    }
    const auto n = static_cast<double>(before.size());
    const double mean = static_cast<double>(sum) / n;
    const double variance = n < 2 ? 0 : std::max(0.0, static_cast<double>(squares) - n * mean * mean) / (n - 1);
    const double reach = z * std::sqrt(variance / n);
    return {mean, mean - reach, mean + reach};
}

std::uint64_t count(const Met& met, std::size_t objective) {
    return static_cast<std::uint64_t>(std::count_if(met.begin(), met.end(), [&](const auto& trial) { return trial[objective]; }));
}

std::string name_of(const Plan& plan, const Stage& stage, const Objective& one) {
    const std::string& what = one.service ? plan.services[{one.id}].heading.name : plan.data[{one.id}].heading.name;
    return fmt::format("`{}` in `{}`", what, plan.scenarios[stage.scenarios[one.scenario]].heading.name);
}

Leverage leverage(const Plan& plan, const Stage& stage, const Lever& lever, const Met& before, const Met& after) {
    Leverage out{lever.what, lever.change, gain_of(before, after), "", 0, 0};
    std::int64_t most = 0;
    for (std::size_t i = 0; i < stage.objectives.size(); ++i) {
        const std::uint64_t without = count(before, i), with = count(after, i);
        const auto more = static_cast<std::int64_t>(with) - static_cast<std::int64_t>(without);
        if (more <= most) continue;
        most = more;
        out.most = name_of(plan, stage, stage.objectives[i]);
        out.before = without;
        out.after = with;
    }
    return out;
}

std::string points(double share) { return fmt::format("{:+.2f}", 100 * share); }

}  // namespace

Sensitivity sensitivity(const Plan& plan, const Result& result, const Options& options) {
    const Stage stage = stage_of(result);
    Sensitivity out{std::min(result.trials, lever_trials), 0, {}};
    if (stage.scenarios.empty()) return out;
    const Met before = met_by(plan, stage, {}, options, out.trials);
    for (const Lever& lever : levers(plan, result, analysis::Schedules(plan, options.as_of))) {
        Plan changed = plan;
        if (lever.on_plan) lever.on_plan(changed);
        const Met after = met_by(changed, stage, lever.on_recovery, options, out.trials);
        ++out.tried;
        Leverage one = leverage(plan, stage, lever, before, after);
        if (one.gain.value > 0) out.leverages.push_back(std::move(one));
    }
    std::stable_sort(out.leverages.begin(), out.leverages.end(), [](const auto& a, const auto& b) { return a.gain.value > b.gain.value; });
    return out;
}

std::string render_levers(const Sensitivity& sensitivity) {
    if (sensitivity.tried == 0) return "";
    if (sensitivity.leverages.empty())
        return fmt::format("levers: none of {} that were tried would meet an objective in more of the trials\n", sensitivity.tried);
    std::string text =
        fmt::format("levers: what would meet most, of {} that were tried in {} trials of each scenario that misses anything\n",
                    sensitivity.tried, sensitivity.trials);
    constexpr std::size_t most = 3;
    std::vector<std::vector<std::string>> rows{{"lever", "P(met) by points", "95% interval", "most for", "before", "after"}};
    const auto share = [&](std::uint64_t met) {
        return fmt::format("{:.1f}%", 100.0 * static_cast<double>(met) / static_cast<double>(sensitivity.trials));
    };
    for (std::size_t i = 0; i < std::min(most, sensitivity.leverages.size()); ++i) {
        const Leverage& one = sensitivity.leverages[i];
        rows.push_back({one.what, points(one.gain.value), points(one.gain.low) + ".." + points(one.gain.high), one.most, share(one.before),
                        share(one.after)});
    }
    text += table(rows);
    for (std::size_t i = 0; i < std::min(most, sensitivity.leverages.size()); ++i)
        if (const std::string& change = sensitivity.leverages[i].change; !change.empty())
            text += fmt::format("  --set '{}'\n", support::printable(change));
    return text;
}

}  // namespace muster::simulator
