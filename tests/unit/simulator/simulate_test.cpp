#include "simulator/simulate.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "simulator/tally.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;
using testing::new_year;

Options options(std::uint64_t trials, unsigned threads, std::uint64_t seed = 42) { return {seed, trials, threads, new_year}; }

using Named = std::map<std::string, std::pair<Histogram, std::uint64_t>>;

// Everything of a result that has a name, by name.
Named by_name(const model::Plan& plan, const Result& result) {
    Named all;
    for (const ScenarioResult& scenario : result.scenarios) {
        const std::string in = plan.scenarios[scenario.scenario].heading.name + " ";
        for (const ServiceResult& one : scenario.services) {
            const std::string service = in + plan.services[one.service].heading.name;
            all[service] = {one.rta, one.met};
            for (const Cause& cause : one.causes) all[service + " by " + model::qualified_name(plan, cause.step)] = {{}, cause.trials};
        }
        for (const DataResult& one : scenario.data) all[in + "data " + plan.data[one.data].heading.name] = {one.rpa, one.met};
        for (const RoleResult& one : scenario.roles) {
            Histogram times;
            times.add(one.busy);
            times.add(one.waited);
            all[in + "role " + plan.roles[one.role].heading.name] = {times, 0};
        }
    }
    return all;
}

ServiceResult service(const model::Plan& plan, const Result& result, std::string_view scenario, std::string_view name) {
    return result.scenarios[testing::named(plan.scenarios, scenario).value].services[testing::named(plan.services, name).value];
}

std::uint64_t trials_of(const model::Plan& plan, const ServiceResult& result, std::string_view step) {
    for (const Cause& cause : result.causes)
        if (model::qualified_name(plan, cause.step) == step) return cause.trials;
    return 0;
}

}  // namespace

TEST_CASE("any number of threads gives the same result") {
    const auto plan = testing::plan_of(testing::shop);
    const Named one = by_name(plan, simulate(plan, options(1500, 1)));
    CHECK(one == by_name(plan, simulate(plan, options(1500, 2))));
    CHECK(one == by_name(plan, simulate(plan, options(1500, 7))));
    CHECK_FALSE(one == by_name(plan, simulate(plan, options(1500, 1, 43))));
}

TEST_CASE("any order of declarations gives the same result") {
    const auto plan = testing::plan_of(testing::shop);
    const auto turned = testing::plan_of(testing::reversed(testing::shop));
    REQUIRE(turned.services[{0}].heading.name == "news");
    CHECK(by_name(plan, simulate(plan, options(1000, 1))) == by_name(turned, simulate(turned, options(1000, 1))));
}

TEST_CASE("two tallies of half the trials add up to one of all") {
    const auto plan = testing::plan_of(testing::shop);
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    Tally whole(rehearsal), even(rehearsal), odd(rehearsal);
    for (std::uint64_t i = 0; i < 501; ++i) {
        const Outcome outcome = rehearsal.trial(Draws(1, i));
        whole.add(outcome);
        (i % 2 == 0 ? even : odd).add(outcome);
    }
    odd.merge(even.counts());
    const auto named = [&](const Tally& tally) { return by_name(plan, {1, 501, {tally.result()}}); };
    CHECK(named(odd) == named(whole));
    CHECK_FALSE(named(even) == named(whole));
}

TEST_CASE("every trial is counted once, and progress ends at all of them") {
    const auto plan = testing::plan_of(testing::shop);
    std::vector<std::uint64_t> seen;
    std::uint64_t of = 0;
    const Result result = simulate(plan, options(1000, 3), [&](std::uint64_t done, std::uint64_t total) {
        seen.push_back(done);
        of = total;
    });
    CHECK(of == 3000);
    CHECK(seen.back() == of);
    CHECK(std::is_sorted(seen.begin(), seen.end()));
    for (const ScenarioResult& scenario : result.scenarios) {
        for (const ServiceResult& one : scenario.services) CHECK(one.rta.count() == 1000);
        for (const DataResult& one : scenario.data) CHECK(one.rpa.count() == 1000);
    }
}

TEST_CASE("a plan without scenarios has no results") { CHECK(simulate(testing::plan_of("plan p\n"), options(10, 4)).scenarios.empty()); }

TEST_CASE("what the scenario does not touch is back at once, and what nothing recovers never") {
    const auto plan = testing::plan_of(
        "plan p\nsite a\nservice s { at a; rto 1h }\nservice t { at a; rto 1h }\nservice u { at a }\n"
        "scenario outage { fails s; detected after 1m }\n");
    const Result result = simulate(plan, options(300, 2));
    const ServiceResult down = service(plan, result, "outage", "s"), up = service(plan, result, "outage", "t");
    CHECK(down.rta.never() == 300);
    CHECK(down.met == 0);
    CHECK_FALSE(down.obstacle.empty());
    CHECK(up.rta.percentile(100) == 0s);
    CHECK(up.met == 300);
    CHECK(service(plan, result, "outage", "u").met == 0);
}

// a ends at 5 to 15 minutes, b at 10: each is last in half of the trials. c takes no time, d comes afterwards.
TEST_CASE("criticality is how often a service waited for a step") {
    const auto plan = testing::plan_of(
        "plan p\nsite a\nservice s { at a; rto 12m30s }\nscenario outage { fails s; detected after 0s }\n"
        "procedure back {\n recovers s\n parallel { step a { automatic; takes 5m..15m }; step b { automatic; takes 10m } }\n"
        " step c { automatic }\n step e { automatic; takes 1m }\n afterwards { step d { automatic; takes 1h } }\n}\n");
    const ServiceResult s = service(plan, simulate(plan, options(10'000, 2)), "outage", "s");
    const auto share = [&](std::string_view step) { return static_cast<double>(trials_of(plan, s, step)) / 10'000; };
    CHECK(share("back.a") == Approx(0.5).margin(0.02));
    CHECK(share("back.b") == Approx(0.5).margin(0.02));
    CHECK(share("back.e") == 1);
    CHECK(s.causes.size() == 3);
    CHECK(model::qualified_name(plan, s.causes.front().step) == "back.e");
    CHECK(static_cast<double>(s.met) / 10'000 == Approx(0.65).margin(0.02));  // a takes at most 11m30s
    CHECK(s.rta.least() == 11min);
}

TEST_CASE("steps that end together are critical alike, and of alternatives the first one") {
    const auto plan = testing::plan_of(
        "plan p\nsite a\nservice s { at a; needs t or u }\nservice t { at a }\nservice u { at a }\n"
        "scenario outage { fails t, u, s; detected after 0s }\n"
        "procedure quick { recovers t; step go { automatic; takes 5m } }\nprocedure slow { recovers u; step go { automatic; takes 9m } }\n"
        "procedure back { recovers s; parallel { step a { automatic; takes 5m }; step b { automatic; takes 5m }; step c { automatic; takes "
        "4m } } }\n");
    const ServiceResult s = service(plan, simulate(plan, options(100, 1)), "outage", "s");
    CHECK(s.rta.percentile(100) == 5min);
    CHECK(trials_of(plan, s, "back.a") == 100);
    CHECK(trials_of(plan, s, "back.b") == 100);
    CHECK(trials_of(plan, s, "back.c") == 0);
    CHECK(trials_of(plan, s, "quick.go") == 100);
    CHECK(trials_of(plan, s, "slow.go") == 0);
}

// Both are paged at 0. slow comes at 30m for a step that is ready at 10m; quick waits with the step before at 5m for a step that is
// ready from the start, and later holds nobody up.
TEST_CASE("a role's busy and waited time are those of its steps") {
    const auto plan = testing::plan_of(
        "plan p\nsite a\nservice s { at a }\nscenario outage { fails s; detected after 0s }\n"
        "role quick { responds 5m }\nrole slow { responds 30m }\nrole idle { responds 1h }\n"
        "procedure back {\n recovers s\n step one { by quick; takes 5m }\n step two { by slow, quick; takes 20m }\n"
        " step three { by quick; takes 4m..6m }\n}\n");
    const Result result = simulate(plan, options(10'000, 2));
    const auto& roles = result.scenarios.front().roles;
    REQUIRE(roles.size() == 2);
    CHECK(plan.roles[roles[0].role].heading.name == "quick");
    CHECK(std::abs((roles[0].busy - 30min).count()) < 2000);
    CHECK(roles[0].waited == 5min);
    CHECK(roles[1].busy == 20min);
    CHECK(roles[1].waited == 20min);
    CHECK(service(plan, result, "outage", "s").rta.least() >= 54min);
}

TEST_CASE("trials are made until every P(met) is known well enough, and are the first of as many") {
    const auto plan = testing::plan_of(testing::shop);
    Options wanted = options(1'000'000, 2);
    wanted.until = model::Percent{10'000};
    const Result result = simulate(plan, wanted);
    CHECK(result.reach.millionths <= 10'000);
    CHECK(result.reach.millionths > 0);
    CHECK(result.trials > 1024);
    CHECK(result.trials < 20'000);  // 1.96 sqrt(1/4 / 10,000) is within a percentage point at worst
    CHECK(by_name(plan, result) == by_name(plan, simulate(plan, options(result.trials, 1))));
    wanted.threads = 5;
    CHECK(by_name(plan, result) == by_name(plan, simulate(plan, wanted)));
}

TEST_CASE("no more trials are made than are allowed") {
    const auto plan = testing::plan_of(testing::shop);
    Options wanted = options(1500, 2);
    wanted.until = model::Percent{100};
    const Result result = simulate(plan, wanted);
    CHECK(result.trials == 1500);
    CHECK(result.reach.millionths > 100);
    wanted.trials = 10;
    CHECK(simulate(plan, wanted).trials == 10);
}

TEST_CASE("a plan without objectives is done with the first round") {
    const auto plan = testing::plan_of("plan p\nservice s\nscenario outage { fails s; detected after 1m }\n");
    Options wanted = options(1'000'000, 1);
    wanted.until = model::Percent{1000};
    CHECK(simulate(plan, wanted).trials == 1024);
}

}  // namespace muster::simulator
