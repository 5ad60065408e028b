#include "simulator/overlap.h"

#include <catch2/catch.hpp>

#include "simulator/compound.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;
using testing::new_year;

const std::string_view pair = R"(
plan p
role dba { headcount 1 }
service a { rto 1h }
service b { rto 2h }
data d { in b; size 1GB }
procedure fix-a { recovers a; step mend { by dba; takes 40m; manual "Mend it." } }
procedure fix-b { recovers b; step mend { by dba; takes 40m; manual "Mend it." } }
scenario first { fails a; detected after 0s }
scenario second { fails b; detected after 0s }
scenario again { fails a, b; detected after 5m }
)";

struct Stage {
    model::Plan plan = testing::plan_of(pair);
    analysis::Schedules schedules{plan, new_year};
    Rehearsal first{plan, {0}, schedules};
    Rehearsal second{plan, {1}, schedules};

    std::vector<Outcome> at(Time offset) const {
        return outcomes({{&first, Draws(1, 0), new_year, Time::zero()}, {&second, Draws(1, 0), new_year + offset, offset}});
    }
};

}  // namespace

TEST_CASE("an incident alone is its trial") {
    const auto plan = testing::plan_of(testing::shop);
    const analysis::Schedules schedules(plan, new_year);
    for (const auto scenario : plan.scenarios.ids()) {
        const Rehearsal rehearsal(plan, scenario, schedules);
        for (std::uint64_t i = 0; i < 50; ++i) {
            const Draws draws(1, i);
            const Instant t0 = rehearsal.sampler().moment(Chance(draws, &plan.origins));
            const Outcome alone = outcomes({{&rehearsal, draws, t0, Time::zero()}}).front(), trial = rehearsal.trial(draws);
            CHECK(alone.rta == trial.rta);
            CHECK(alone.rpa == trial.rpa);
            const std::size_t nodes = rehearsal.estimate().recovery.network.nodes.size();
            CHECK(testing::ends(alone.times, nodes) == testing::ends(trial.times, nodes));
        }
    }
}

TEST_CASE("whoever comes second waits for the people of the first") {
    const Stage stage;
    const auto at_once = stage.at(0s);
    CHECK(at_once[0].rta[0] == 40min);
    CHECK(at_once[1].rta[1] == 80min);
    const auto later = stage.at(30min);
    CHECK(later[0].rta[0] == 40min);
    CHECK(later[1].rta[1] == 50min);  // 10 m until the first is done, and 40 m
    const auto after = stage.at(3h);
    CHECK(after[1].rta[1] == 40min);
}

TEST_CASE("a scenario during the recovery from another costs that what it takes from it") {
    const Stage stage;
    const auto shifts = compare_during(stage.plan, {0}, {1}, {5, 400, 2, new_year});
    bool seen = false;
    for (const Shift& shift : shifts) {
        CAPTURE(shift.scenario, shift.name);
        const bool waits = shift.scenario == "second" && shift.name == "b";
        seen |= waits;
        CHECK(shift.moved() == waits);
        if (!waits) continue;
        // It comes somewhere in the 40 m of the first: it waits for the rest, 20 m on average.
        CHECK(shift.time()->value == Approx(1.2e6).margin(1e5));
        CHECK(shift.differ == 400);
    }
    CHECK(seen);
    CHECK(taken_by_both(stage.plan, {0}, {1}, new_year).empty());
    CHECK(taken_by_both(stage.plan, {0}, {2}, new_year) == std::vector<std::string>{"a"});
}

TEST_CASE("two scenarios at once are one that does both") {
    Stage stage;
    const auto both = stage.plan.scenarios.add(together(stage.plan.scenarios[{0}], stage.plan.scenarios[{1}]));
    CHECK(stage.plan.scenarios[both].heading.name == "first + second");
    const Outcome outcome = Rehearsal(stage.plan, both, stage.schedules).planning_trial();
    CHECK(outcome.rta[0] == 40min);
    CHECK(outcome.rta[1] == 80min);
}

TEST_CASE("two scenarios together choose once, and are as grave as the graver") {
    const auto plan = testing::plan_of(
        "plan p\nservice s\ndata d { in s; size 1GB }\nstore v { s3 \"v\"; rate 1GB/s }\nbackup b of d { every day; takes 1m; upload 1m; "
        "to v }\n"
        "procedure one { recovers s; step x { automatic; takes 1m; restore d from b } }\n"
        "procedure two { recovers s; step x { automatic; takes 2m; restore d from b } }\n"
        "scenario a { fails s; lasts 1h; detected after 1m; recover s with one }\n"
        "scenario b { corrupts d; undetected for 3h; recover s with two }\n");
    const model::Scenario both = together(plan.scenarios[{0}], plan.scenarios[{1}]);
    REQUIRE(both.choices.size() == 1);
    CHECK(plan.procedures[both.choices[0].procedures[0].value].heading.name == "one");
    CHECK(both.kind == model::DisruptionKind::corruption);
    CHECK_FALSE(both.lasts);
    CHECK(both.undetected_for->value.planning() == 3h);
    CHECK(both.effects.size() == 2);
    CHECK(together(plan.scenarios[{1}], plan.scenarios[{0}]).kind == model::DisruptionKind::corruption);
}

}  // namespace muster::simulator
