#include "simulator/expectation.h"

#include <catch2/catch.hpp>

#include "simulator/simulate.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;
using support::never;
using Verdict = Judgement::Verdict;

// `s` and `t` fail; `s` is back after 10m, nobody brings `t` back.
model::Plan expecting(const std::string& what) {
    return testing::plan_of(
        "plan p\nservice s { rto 10m }\nservice t\nprocedure back { recovers s; step one { takes 10m; manual \"Mend it.\" } }\n"
        "scenario outage { fails s, t; detected after 0s }\nexpect " +
        what + "\n");
}

// As if trials had come to those times.
Judgement judged(const model::Plan& plan, const std::vector<Time>& times) {
    const auto& expectation = plan.expectations[{0}];
    Observed seen;
    seen.expectation = {0};
    const bool or_equal =
        expectation.comparison == model::Expectation::Comparison::at_most || expectation.comparison == model::Expectation::Comparison::more;
    for (const Time time : times) {
        ++seen.trials;
        seen.times.add(time);
        seen.within += time < expectation.time->value || (or_equal && time == expectation.time->value) ? 1 : 0;
    }
    Result result{1, times.size(), {{{0}, {}, {}, {}, {seen}}}};
    return judge(plan, result).front();
}

std::vector<Time> repeated(int count, Time one, int others, Time other) {
    std::vector<Time> times(static_cast<std::size_t>(count), one);
    times.insert(times.end(), static_cast<std::size_t>(others), other);
    return times;
}

Verdict verdict_of(const std::string& what) {
    const auto plan = expecting(what);
    Options options{1, 300, 2, testing::new_year};
    options.only = scenarios_expected(plan);
    return judge(plan, simulate(plan, options)).at(0).verdict;
}

}  // namespace

TEST_CASE("what is expected of a time that is always the same") {
    for (const char* statistic : {"p50", "p90", "p95", "p99", "max", "mean"}) {
        CAPTURE(statistic);
        const std::string rta = statistic + std::string(" rta of s in outage ");
        CHECK(verdict_of(rta + "<= 10m") == Verdict::held);
        CHECK(verdict_of(rta + ">= 10m") == Verdict::held);
        CHECK(verdict_of(rta + "< 10m") == Verdict::failed);
        CHECK(verdict_of(rta + "> 10m") == Verdict::failed);
        CHECK(verdict_of(rta + "< 601s") == Verdict::held);
        CHECK(verdict_of(rta + "> 599s") == Verdict::held);
        const std::string duration = statistic + std::string(" duration of back/one in outage ");
        CHECK(verdict_of(duration + "<= 10m") == Verdict::held);
        CHECK(verdict_of(duration + "< 10m") == Verdict::failed);
        const std::string lost = statistic + std::string(" rta of t in outage ");
        CHECK(verdict_of(lost + "<= 100d") == Verdict::failed);
        CHECK(verdict_of(lost + ">= 100d") == Verdict::held);
    }
}

TEST_CASE("chances and orders") {
    CHECK(verdict_of("chance of rto of s in outage >= 100%") == Verdict::held);
    CHECK(verdict_of("chance of rto of s in outage > 99%") == Verdict::held);
    CHECK(verdict_of("chance of rto of s in outage < 100%") == Verdict::failed);
    CHECK(verdict_of("chance of rto of t in outage >= 0%") == Verdict::untold);  // there is none
    CHECK(verdict_of("order of s, t in outage") == Verdict::failed);             // t is never there
    const auto chain = testing::plan_of(
        "plan p\nservice a { heals in 1m }\nservice b { heals in 2m }\nservice c { heals in 2m }\n"
        "scenario outage { fails a, b, c; detected after 0s }\n"
        "expect order of a, b, c in outage\nexpect order of b, a in outage\nexpect availability of a >= 99%\n");
    const auto judgements = judge(chain, simulate(chain, {1, 100, 1, testing::new_year}));
    REQUIRE(judgements.size() == 3);
    CHECK(judgements[0].verdict == Verdict::held);
    CHECK(judgements[1].verdict == Verdict::failed);
    CHECK(judgements[1].missed == 100);
    CHECK(judgements[2].verdict == Verdict::untold);
}

// Times that share a bucket are still told apart: of 100 trials, 95 within 30m and the others a millisecond later.
TEST_CASE("a percentile is judged by whole trials") {
    const auto at_most = expecting("p95 rta of s in outage <= 30m");
    CHECK(judged(at_most, repeated(95, 30min, 5, 30min + 1ms)).verdict == Verdict::held);
    CHECK(judged(at_most, repeated(94, 30min, 6, 30min + 1ms)).verdict == Verdict::failed);
    CHECK(judged(at_most, repeated(95, 30min, 5, never)).verdict == Verdict::held);
    const auto more = expecting("p95 rta of s in outage > 30m");
    CHECK(judged(more, repeated(95, 30min, 5, 30min + 1ms)).verdict == Verdict::failed);
    CHECK(judged(more, repeated(94, 30min, 6, 30min + 1ms)).verdict == Verdict::held);
    const auto less = expecting("p95 rta of s in outage < 30m");
    CHECK(judged(less, repeated(94, 30min - 1ms, 6, 30min)).verdict == Verdict::failed);
    CHECK(judged(less, repeated(95, 30min - 1ms, 5, 30min)).verdict == Verdict::held);
    const auto at_least = expecting("p95 rta of s in outage >= 30m");
    CHECK(judged(at_least, repeated(94, 30min - 1ms, 6, 30min)).verdict == Verdict::held);
    CHECK(judged(at_least, repeated(95, 30min - 1ms, 5, 30min)).verdict == Verdict::failed);
}

TEST_CASE("what is unknown lets nothing pass, unless it makes no difference") {
    for (const char* comparison : {"<=", "<", ">=", ">"}) {
        CAPTURE(comparison);
        const auto plan = expecting(std::string("p95 rta of s in outage ") + comparison + " 30m");
        CHECK(judged(plan, repeated(90, 10min, 10, unknown)).verdict == Verdict::untold);
    }
    CHECK(judged(expecting("p95 rta of s in outage <= 30m"), repeated(95, 10min, 5, unknown)).verdict == Verdict::held);
    CHECK(judged(expecting("p95 rta of s in outage <= 30m"), repeated(94, 1h, 6, unknown)).verdict == Verdict::failed);
    CHECK(judged(expecting("mean rta of s in outage <= 30m"), repeated(99, 10min, 1, unknown)).verdict == Verdict::untold);
    CHECK(judged(expecting("mean rta of s in outage <= 30m"), repeated(99, 10min, 1, never)).verdict == Verdict::failed);
}

TEST_CASE("a verdict that another seed may turn says so") {
    const auto plan = expecting("p50 rta of s in outage <= 30m");
    std::vector<Time> around;
    for (int i = 0; i < 1000; ++i) around.push_back(Time{(1300 + i) * 1000});
    CHECK(judged(plan, around).close);
    CHECK_FALSE(judged(plan, repeated(1000, 10min, 0, never)).close);
    CHECK(found(plan, judged(plan, around)).ends_with(", too close to be sure with so few trials"));
}

TEST_CASE("only the scenarios that are spoken of are simulated, and threads change nothing") {
    std::string text(testing::shop);
    const auto plan = testing::plan_of(text + "expect p95 rta of db in " + testing::plan_of(text).scenarios[{0}].heading.name + " <= 1h\n");
    Options options{3, 700, 1, testing::new_year};
    options.only = scenarios_expected(plan);
    REQUIRE(options.only->size() == 1);
    const Result one = simulate(plan, options);
    CHECK(one.scenarios.size() == 1);
    options.threads = 3;
    const Result other = simulate(plan, options);
    CHECK(one.scenarios[0].expectations[0].times == other.scenarios[0].expectations[0].times);
    CHECK(one.scenarios[0].expectations[0].times == one.scenarios[0].services[testing::named(plan.services, "db").value].rta);
}

}  // namespace muster::simulator
