#include "simulator/abreast.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/unit/root.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using testing::new_year;

void check_alike(const Rehearsal& rehearsal, const Outcome& beside, const Outcome& alone) {
    for (analysis::NodeId node = 0; node < rehearsal.estimate().recovery.network.nodes.size(); ++node) {
        REQUIRE(beside.times.begin(node) == alone.times.begin(node));
        REQUIRE(beside.times.end(node) == alone.times.end(node));
    }
    REQUIRE(beside.rta == alone.rta);
    REQUIRE(beside.rpa == alone.rpa);
    auto marks = beside.marks, others = alone.marks;
    std::sort(marks.begin(), marks.end());
    std::sort(others.begin(), others.end());
    REQUIRE(marks == others);
}

// Every trial by lanes, or by a scheduler that is used again, against one that is made from nothing.
void check_alike(const model::Plan& plan, std::uint64_t trials = 200) {
    const analysis::Schedules schedules(plan, new_year);
    for (const auto scenario : plan.scenarios.ids()) {
        const Rehearsal rehearsal(plan, scenario, schedules);
        CAPTURE(plan.scenarios[scenario].heading.name, Abreast::suits(rehearsal));
        Trials all(rehearsal, 11);
        for (std::uint64_t trial = 0; trial < trials; ++trial) check_alike(rehearsal, all.at(trial), rehearsal.trial(Draws(11, trial)));
    }
}

std::string without_contention(std::string_view text) {
    std::string all(text);
    for (const char* role : {"role dba {", "role dev {", "role lead {"})
        all.insert(all.find(role) + std::string_view(role).size(), "\n  headcount 99;");
    return all;
}

}  // namespace

TEST_CASE("a trial is the same alone and beside many others") {
    check_alike(testing::plan_of(testing::shop));
    check_alike(testing::plan_of(without_contention(testing::shop)));
}

TEST_CASE("also where steps fail, copies are useless, roles are absent and times are unknown") {
    check_alike(testing::plan_of(
        "plan p { profiles ours }\nprofile ours { unsound 30% }\nrole ops { responds 1m..9m; headcount 9 }\nrole none\nsite a\nsite z { "
        "standby }\n"
        "service s { at a, z standby; starts in 1m..2m }\nservice t { needs s }\nservice u { needs s or t; rto 1h }\nservice w\n"
        "store v { s3 \"v\"; rate 60MB/s }\ndata d { in s; size 6GB }\nbackup b of d { every day; takes 1h; upload 0s; to v }\n"
        "procedure back {\n  recovers s\n  step load { by ops; restore d from b; fails 20%; timeout 20m; retry 2 every 1m; otherwise slow "
        "}\n"
        "  step look { by ops; takes p50 2m p95 9m; fails 10%; retry 1 every 10s; otherwise slow }\n}\n"
        "procedure slow { step type { by ops; takes mean 1h; manual \"x\" } }\nprocedure fix-w { recovers w; step q { by none; manual "
        "\"x\" } }\n"
        "detector probe { watches s; every 1m; sees corruption; notifies ops within 10s..40s }\n"
        "scenario fire { destroys site a; absent none; fails w }\nscenario bad { corrupts d; undetected for 0s..2h }\n"
        "scenario short { fails site a; lasts mean 30m }\n"));
}

TEST_CASE("also of the plans in the tree") {
    for (const char* folder : {"nexus/repaired", "waqiti/repaired", "nerava/repaired"})
        check_alike(testing::plan_in(project_root() + "/plans/" + folder), 40);
}

TEST_CASE("whichever instructions a processor has, a trial is the same") {
    const auto plan = testing::plan_of(without_contention(testing::shop));
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    for (const LaneWork& work : lane_works()) {
        CAPTURE(work.instructions);
        Abreast abreast(rehearsal, work);
        for (const std::uint64_t first : {std::uint64_t{0}, 5 * lanes, 1'000 * lanes}) {
            abreast.run(11, first);
            for (std::size_t lane = 0; lane < lanes; ++lane)
                check_alike(rehearsal, abreast.outcome(lane), rehearsal.trial(Draws(11, first + lane)));
        }
    }
}

TEST_CASE("trials may be asked for in any order") {
    const auto plan = testing::plan_of(without_contention(testing::shop));
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    REQUIRE(Abreast::suits(rehearsal));
    Trials all(rehearsal, 11);
    for (const std::uint64_t trial : {40U, 3U, 3U, 1'000'001U, 41U, 15U, 16U})
        CHECK(all.at(trial).rta == rehearsal.trial(Draws(11, trial)).rta);
}

}  // namespace muster::simulator
