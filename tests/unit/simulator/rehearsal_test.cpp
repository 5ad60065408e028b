#include "simulator/rehearsal.h"

#include <catch2/catch.hpp>

#include <map>

#include "tests/unit/root.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;
using support::never;
using testing::new_year;

void check_equals_estimate(const model::Plan& plan) {
    for (const auto scenario : plan.scenarios.ids()) {
        CAPTURE(plan.scenarios[scenario].heading.name);
        const analysis::Estimate estimate = analysis::estimate(plan, scenario, analysis::Schedules(plan, new_year));
        const Outcome outcome = Rehearsal(plan, scenario, analysis::Schedules(plan, new_year)).planning_trial();
        CHECK(testing::ends(outcome.times, estimate.recovery.network.nodes.size()) == estimate.outlook.times.end);
        for (const auto& service : estimate.services) CHECK(outcome.rta[service.service.value] == service.rta.value_or(unknown));
        for (const auto& data : estimate.data)
            CHECK(outcome.rpa[data.data.value] == data.rpa.value_or(data.verdict == analysis::Verdict::unknown ? unknown : never));
    }
}

std::string with_clock(std::string_view from) {
    std::string text(testing::shop);
    return text.insert(text.find("declare by"), "clock from " + std::string(from) + "; ");
}

// One service that fails, and its procedure of one step by `r`.
std::string one_step_by(std::string_view role) {
    return "plan p\n" + std::string(role) +
           "\nsite a\nservice s { at a }\n"
           "procedure back { recovers s; step one { by r; takes 10m; manual \"mend\" } }\n"
           "scenario outage { fails s; detected after 0s }\n";
}

}  // namespace

TEST_CASE("the planning trial is the estimate") {
    check_equals_estimate(testing::plan_of(testing::shop));
    check_equals_estimate(testing::plan_of(with_clock("detection")));
    check_equals_estimate(testing::plan_of(with_clock("declaration")));
}

TEST_CASE("the planning trial of real plans is the estimate") {
    for (const std::string_view folder : {"plans/nexus", "plans/nexus/repaired"}) {
        CAPTURE(folder);
        check_equals_estimate(testing::plan_in(project_root() + "/" + std::string(folder)));
    }
}

TEST_CASE("the planning trial of what nobody can tell is unknown") {
    const auto untold = testing::plan_of("plan p\nsite a\nservice s { at a }\nscenario outage { fails s }\n");
    check_equals_estimate(untold);
    const auto unseen = testing::plan_of("plan p\nsite a\nservice s { at a }\ndata d { in s }\nscenario damage { corrupts d }\n");
    check_equals_estimate(unseen);
}

TEST_CASE("no trial of bounded durations is worse than planned") {
    const auto plan = testing::plan_of(testing::shop);
    for (const auto scenario : plan.scenarios.ids()) {
        const Rehearsal rehearsal(plan, scenario, analysis::Schedules(plan, new_year));
        const Outcome worst = rehearsal.planning_trial();
        int better = 0;
        for (std::uint64_t i = 0; i < 3000; ++i) {
            const Outcome outcome = rehearsal.trial(Draws(1, i));
            for (std::size_t s = 0; s < worst.rta.size(); ++s) {
                REQUIRE(outcome.rta[s] <= worst.rta[s]);
                better += outcome.rta[s] < worst.rta[s] ? 1 : 0;
            }
            for (std::size_t d = 0; d < worst.rpa.size(); ++d) REQUIRE(outcome.rpa[d] <= worst.rpa[d]);
        }
        CHECK(better > 0);
    }
}

TEST_CASE("a trial depends on seed and number alone, and not on what was tried before") {
    const auto plan = testing::plan_of(testing::shop);
    const Rehearsal one(plan, {0}, analysis::Schedules(plan, new_year)), other(plan, {0}, analysis::Schedules(plan, new_year));
    const Outcome first = one.trial(Draws(4, 7));
    for (std::uint64_t i = 0; i < 5; ++i) (void)other.trial(Draws(4, i));
    const Outcome second = other.trial(Draws(4, 7));
    const auto ends = [&](const Outcome& outcome) { return testing::ends(outcome.times, one.estimate().recovery.network.nodes.size()); };
    CHECK(ends(first) == ends(second));
    CHECK(first.rpa == second.rpa);
    CHECK(ends(one.trial(Draws(5, 7))) != ends(first));
}

TEST_CASE("an edit to one step leaves every other draw as it was") {
    const auto plan = testing::plan_of(testing::shop);
    std::string text(testing::shop);
    text.replace(text.find("takes 2m..5m"), 12, "takes 3m..7m");
    const auto edited = testing::plan_of(text);
    const auto web = testing::named(plan.services, "db").value, queue = testing::named(plan.services, "queue").value;
    const Rehearsal before(plan, {0}, analysis::Schedules(plan, new_year)), after(edited, {0}, analysis::Schedules(edited, new_year));
    for (std::uint64_t i = 0; i < 100; ++i) {
        const Outcome old_one = before.trial(Draws(1, i)), new_one = after.trial(Draws(1, i));
        REQUIRE(old_one.rta[web] == new_one.rta[web]);
        REQUIRE(old_one.rpa == new_one.rpa);
        REQUIRE(old_one.rta[queue] < new_one.rta[queue]);
    }
}

// 50 of the week's 168 hours are working hours.
TEST_CASE("people come as fast as the hour of the disruption lets them") {
    const auto plan =
        testing::plan_of(one_step_by("role r { hours mon..fri 08:00..18:00 \"Europe/Berlin\"; responds 5m; responds 45m outside hours }"));
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    CHECK(rehearsal.planning_trial().rta[0] == 55min);
    int inside = 0;
    constexpr int trials = 20'000;
    for (int i = 0; i < trials; ++i) {
        const Time rta = rehearsal.trial(Draws(2, static_cast<std::uint64_t>(i))).rta[0];
        REQUIRE((rta == 15min || rta == 55min));
        inside += rta == 15min ? 1 : 0;
    }
    CHECK(inside / double{trials} == Approx(50.0 / 168).margin(0.01));
}

// Worst 2 × 5m + 30s; of the last interval a uniform part has passed already.
TEST_CASE("a detector finds it some time in its last interval") {
    const auto plan = testing::plan_of(
        "plan p\nsite a\nsite b\nservice s { at a; heals in 0s }\n"
        "detector look { watches s; at b; every 5m; threshold 2; notifies r within 30s }\nrole r\n"
        "scenario outage { fails s }\n");
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    const auto detection = rehearsal.estimate().recovery.network.detection;
    CHECK(rehearsal.planning_trial().times.end(detection) == 10min + 30s);
    Time sum{0};
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        const Time found = rehearsal.trial(Draws(3, i)).times.end(detection);
        REQUIRE(found >= 5min + 30s);
        REQUIRE(found <= 10min + 30s);
        sum += found;
    }
    CHECK(std::abs((sum / 10'000 - 8min).count()) < 3000);
}

TEST_CASE("retrieval is drawn, the rest of a transfer is fixed") {
    const auto plan = testing::plan_of(
        "plan p\nsite a\nservice s { at a }\ndata d { in s; size 360GB }\nstore v { s3 \"v\"; rate 100MB/s; storage glacier retrieval "
        "3h..5h }\n"
        "backup b of d { every day; takes 1h; to v }\nprocedure back { recovers s; step one { automatic; restore d from b } }\n"
        "scenario fire { destroys s; detected after 0s }\n");
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    CHECK(rehearsal.planning_trial().rta[0] == 6h);
    Time sum{0};
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const Time rta = rehearsal.trial(Draws(3, i)).rta[0];
        REQUIRE(rta >= 4h);
        REQUIRE(rta <= 6h);
        sum += rta;
    }
    CHECK(std::abs((sum / 2000 - 5h).count()) < 180'000);
}

TEST_CASE("each check of a restore is drawn") {
    const auto plan = testing::plan_of(
        "plan p\nservice s\ndata d { in s; size 60GB }\nstore v { s3 \"v\"; rate 100MB/s }\n"
        "backup b of d { every day; takes 1h; to v }\nprocedure back { recovers s; step one { automatic; restore d from b; "
        "verify run 'true' takes 0s..10m; verify run 'true' takes 0s..10m } }\nscenario fire { corrupts d; undetected for 0s }\n");
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    CHECK(rehearsal.planning_trial().rta[0] == 30min);
    Time sum{0}, longest{0};
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const Time rta = rehearsal.trial(Draws(3, i)).rta[0];
        REQUIRE(rta >= 10min);
        REQUIRE(rta <= 30min);
        longest = std::max(longest, rta);
        sum += rta;
    }
    CHECK(std::abs((sum / 2000 - 20min).count()) < 30'000);
    CHECK(longest > 29min);  // two draws, not one twice, and not one alone
}

// The bridge network of unit exponentials has mean 83/24 and variance 1663/576.
TEST_CASE("a bridge of exponential steps has the known mean and variance") {
    const auto plan = testing::plan_of(
        "plan p\nsite a\nservice s { at a }\nscenario outage { fails s; detected after 0s }\nprocedure back {\n recovers s\n"
        " parallel { step a { takes mean 100h; automatic }; step b { takes mean 100h; automatic } }\n"
        " step c { takes mean 100h; automatic; after a }\n step d { takes mean 100h; automatic; after a }\n"
        " step e { takes mean 100h; automatic; after b, c }\n}\n");
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    constexpr int trials = 100'000;
    double sum = 0, squares = 0;
    for (int i = 0; i < trials; ++i) {
        const double units = static_cast<double>(rehearsal.trial(Draws(6, static_cast<std::uint64_t>(i))).rta[0].count()) / 360e6;
        sum += units;
        squares += units * units;
    }
    const double mean = sum / trials;
    CHECK(mean == Approx(83.0 / 24).margin(0.022));  // four standard errors
    CHECK(squares / trials - mean * mean == Approx(1663.0 / 576).margin(0.09));
}

TEST_CASE("what was measured is drawn from what was observed") {
    const auto plan = testing::plan_in(project_root() + "/tests/golden/estimate/measured.drp");
    check_equals_estimate(plan);
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    const auto& restart = plan.steps[{0}].takes->value;
    const auto& observed = plan.origins[*restart.origin].observed;
    const analysis::NodeId step = rehearsal.estimate().recovery.steps[0];
    std::map<Time, int> drawn;
    constexpr int trials = 7'000;
    for (int i = 0; i < trials; ++i) {
        const auto times = rehearsal.trial(Draws(8, static_cast<std::uint64_t>(i))).times;
        ++drawn[times.end(step) - times.begin(step)];
    }
    CHECK(drawn.size() == observed.size());
    for (const Time time : observed) CHECK(drawn[time] == Approx(trials / 7).margin(120));  // four standard errors
}

}  // namespace muster::simulator
