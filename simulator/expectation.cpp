#include "simulator/expectation.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::simulator {
namespace {

using model::Expectation;
using support::never;
using Comparison = Expectation::Comparison;
using Measure = Expectation::Measure;
using Statistic = Expectation::Statistic;
using Verdict = Judgement::Verdict;

constexpr std::int64_t whole = 1'000'000;

template <class T>
bool compares(T one, Comparison comparison, T other) {
    switch (comparison) {
        case Comparison::at_most: return one <= other;
        case Comparison::less: return one < other;
        case Comparison::at_least: return one >= other;
        case Comparison::more: return one > other;
    }
    __builtin_unreachable();
}

bool upwards(Comparison comparison) { return comparison == Comparison::at_least || comparison == Comparison::more; }

Verdict verdict(bool holds) { return holds ? Verdict::held : Verdict::failed; }

// Of a maximum all trials.
unsigned percent_of(Statistic statistic) {
    switch (statistic) {
        case Statistic::p50: return 50;
        case Statistic::p90: return 90;
        case Statistic::p95: return 95;
        case Statistic::p99: return 99;
        default: return 100;
    }
}

void judge_mean(const Expectation& expectation, const Observed& seen, Judgement& out) {
    if (seen.times.unknowns() > 0) out.achieved = unknown;
    else out.achieved = seen.times.never() > 0 ? never : *seen.times.mean();
    out.verdict =
        *out.achieved == unknown ? Verdict::untold : verdict(compares(*out.achieved, expectation.comparison, expectation.time->value));
}

// The percentile does not exceed a time where as many trials as its rank do not.
void judge_percentile(const Expectation& expectation, const Observed& seen, Judgement& out) {
    const unsigned percent = percent_of(*expectation.statistic);
    const std::uint64_t count = seen.times.count();
    const auto rank = static_cast<std::uint64_t>((static_cast<unsigned __int128>(count) * percent + 99) / 100);
    out.achieved = percent == 100 ? seen.times.greatest() : seen.times.percentile(percent);
    const bool within = seen.within >= rank, perhaps_within = seen.within + seen.times.unknowns() >= rank;
    out.verdict = within == perhaps_within ? verdict(within != upwards(expectation.comparison)) : Verdict::untold;
    if (percent == 100) return;
    out.between = seen.times.interval_of(percent);
    const auto holds = [&](Time time) { return compares(time, expectation.comparison, expectation.time->value); };
    out.close = out.between && holds(out.between->low) != holds(out.between->high);
}

void judge_times(const Expectation& expectation, const Observed& seen, Judgement& out) {
    if (seen.times.count() == 0) {
        out.why = "the step is never performed there";
        return;
    }
    if (*expectation.statistic == Statistic::mean) judge_mean(expectation, seen, out);
    else judge_percentile(expectation, seen, out);
    if (out.verdict == Verdict::untold) out.why = "the plan does not say enough for it";
}

void judge_chance(const Expectation& expectation, const Observed& seen, Judgement& out) {
    if (!seen.objective) {
        out.why = expectation.measure == Measure::chance_of_rto ? "there is no RTO to meet" : "there is no RPO to meet";
        return;
    }
    const auto limit = static_cast<__int128>(expectation.percent->value.millionths);
    out.verdict =
        verdict(compares(static_cast<__int128>(seen.held) * whole, expectation.comparison, limit * static_cast<__int128>(seen.trials)));
    out.share = proportion(seen.held, seen.trials);
    const double share = static_cast<double>(expectation.percent->value.millionths) / whole;
    out.close = out.share->low <= share && share <= out.share->high && seen.held != 0 && seen.held != seen.trials;
}

Judgement judged(const Expectation& expectation, const Observed& seen, Id<model::Scenario> scenario) {
    Judgement out{seen.expectation, scenario};
    switch (expectation.measure) {
        case Measure::rta:
        case Measure::rpa:
        case Measure::duration: judge_times(expectation, seen, out); break;
        case Measure::chance_of_rto:
        case Measure::chance_of_rpo: judge_chance(expectation, seen, out); break;
        case Measure::order:
            out.verdict = verdict(seen.held == seen.trials);
            out.share = proportion(seen.held, seen.trials);
            out.missed = seen.trials - seen.held;
            break;
        case Measure::availability: break;
    }
    return out;
}

// The mean over all campaigns: decided by whole milliseconds.
Judgement judged_years(const model::Plan& plan, Id<Expectation> id, const Campaign* years) {
    Judgement out{id, {}};
    if (years == nullptr) {
        out.why = "no scenario says how likely it is";
        return out;
    }
    const Expectation& expectation = plan.expectations[id];
    const Id<model::Service> service = expectation.services.front().value;
    const auto all = static_cast<__int128>(year.count()) * years->years * years->campaigns;
    const auto limit = static_cast<__int128>(expectation.percent->value.millionths);
    out.verdict = verdict(compares((all - years->services[service.value].down.total) * whole, expectation.comparison, limit * all));
    const Mean mean = years->availability(service);
    out.share = Proportion{mean.value, mean.low, mean.high};
    const double share = static_cast<double>(limit) / whole;
    out.close = mean.low <= share && share <= mean.high && mean.low < mean.high;
    return out;
}

std::string said(Time time) { return time == unknown ? "unknown" : support::format_duration(time); }

}  // namespace

std::string_view verdict_name(Verdict verdict) {
    switch (verdict) {
        case Verdict::held: return "held";
        case Verdict::failed: return "failed";
        case Verdict::untold: return "untold";
    }
    __builtin_unreachable();
}

std::vector<Id<model::Scenario>> scenarios_expected(const model::Plan& plan) {
    std::vector<Id<model::Scenario>> all;
    for (const Expectation& expectation : plan.expectations)
        all.insert(all.end(), expectation.scenarios.begin(), expectation.scenarios.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

bool expects_availability(const model::Plan& plan) {
    return std::any_of(plan.expectations.begin(), plan.expectations.end(),
                       [](const Expectation& one) { return one.measure == Measure::availability; });
}

std::vector<Judgement> judge(const model::Plan& plan, const Result& result, const Campaign* years) {
    std::vector<Judgement> all;
    for (const auto id : plan.expectations.ids()) {
        if (plan.expectations[id].measure == Measure::availability) all.push_back(judged_years(plan, id, years));
        for (const ScenarioResult& scenario : result.scenarios)
            for (const Observed& seen : scenario.expectations)
                if (seen.expectation == id) all.push_back(judged(plan.expectations[id], seen, scenario.scenario));
    }
    return all;
}

std::string text_of(const model::Plan& plan, const Judgement& judgement) {
    const Expectation& expectation = plan.expectations[judgement.expectation];
    if (expectation.scenarios.size() < 2) return expectation.heading.name;
    return expectation.heading.name + " (" + plan.scenarios[*judgement.scenario].heading.name + ")";
}

std::string found(const model::Plan& plan, const Judgement& judgement) {
    if (judgement.verdict == Verdict::untold) return judgement.why;
    if (plan.expectations[judgement.expectation].measure == Measure::order)
        return judgement.missed == 0 ? "in every trial"
                                     : fmt::format("not in {} {}", judgement.missed, judgement.missed == 1 ? "trial" : "trials");
    std::string text;
    const bool years = plan.expectations[judgement.expectation].measure == Measure::availability;
    if (judgement.share && years)
        text = fmt::format("{:.4f}% ({:.4f}..{:.4f}%)", 100 * judgement.share->probability, 100 * judgement.share->low,
                           100 * judgement.share->high);
    else if (judgement.share)
        text = fmt::format("{:.2f}% ({:.2f}..{:.2f}%)", 100 * judgement.share->probability, 100 * judgement.share->low,
                           100 * judgement.share->high);
    if (judgement.achieved) text = said(*judgement.achieved);
    if (judgement.between) text += " (" + said(judgement.between->low) + ".." + said(judgement.between->high) + ")";
    if (!judgement.close) return text;
    return text + (years ? ", too close to be sure with so few campaigns" : ", too close to be sure with so few trials");
}

}  // namespace muster::simulator
