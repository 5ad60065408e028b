// Steps that fail, are tried again, and turn to something else.
#include <catch2/catch.hpp>

#include "simulator/rehearsal.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;
using support::never;
using testing::new_year;

constexpr int trials = 20'000;

// One service that fails; `first` are the clauses of the step that brings it back, `more` further declarations.
std::string outage(std::string_view first, std::string_view more = "", std::string_view recovery = "recover s with back",
                   std::string_view heading = "") {
    return "plan p { " + std::string(heading) + " }\nservice s\nprocedure back { recovers s; step one { manual \"mend\"; " +
           std::string(first) + " }; step two { manual \"look\"; takes 1m } }\n" + std::string(more) +
           "\nscenario outage { fails s; detected after 0s; " + std::string(recovery) + " }\n";
}

const std::string_view other = "procedure other { recovers s; step longer { manual \"build\"; takes 1h } }";

struct Trials {
    std::map<Time, int> by_rta;
    Time planned{0};
    [[nodiscard]] double share(Time rta) const {
        const auto found = by_rta.find(rta);
        return found == by_rta.end() ? 0 : found->second / double{trials};
    }
};

Trials try_out(const std::string& text) {
    const auto plan = testing::plan_of(text);
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    Trials all;
    all.planned = rehearsal.planning_trial().rta[0];
    CHECK(all.planned == rehearsal.estimate().services[0].rta.value_or(never));
    for (int i = 0; i < trials; ++i) ++all.by_rta[rehearsal.trial(Draws(7, static_cast<std::uint64_t>(i))).rta[0]];
    return all;
}

}  // namespace

TEST_CASE("a step that fails is tried again, each time by itself") {
    const Trials all = try_out(outage("takes 10m; fails 40%; retry 2 every 1m"));
    CHECK(all.planned == 11min);
    CHECK(all.share(11min) == Approx(0.6).margin(0.015));
    CHECK(all.share(22min) == Approx(0.24).margin(0.015));
    CHECK(all.share(33min) == Approx(0.096).margin(0.015));
    CHECK(all.share(never) == Approx(0.064).margin(0.01));
    CHECK(all.by_rta.size() == 4);
}

TEST_CASE("the chance that a step fails changes no other draw") {
    const auto plan = testing::plan_of(outage("takes 2m..9m")), failing = testing::plan_of(outage("takes 2m..9m; fails 30%; retry 1"));
    const Rehearsal one(plan, {0}, analysis::Schedules(plan, new_year)), two(failing, {0}, analysis::Schedules(failing, new_year));
    int same = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        const Time before = one.trial(Draws(3, i)).rta[0], after = two.trial(Draws(3, i)).rta[0];
        REQUIRE(before <= after);
        same += before == after ? 1 : 0;
    }
    CHECK(same / 1000.0 == Approx(0.7).margin(0.05));
}

TEST_CASE("an attempt that takes longer than its timeout is stopped and has failed") {
    const Trials all = try_out(outage("takes 1m..10m; timeout 4m; retry 1"));
    CHECK(all.planned == never);  // 10m each time
    int stopped_twice = 0;
    for (const auto& [rta, count] : all.by_rta) {
        REQUIRE((rta == never || (rta >= 2min && rta <= 5min) || (rta >= 6min && rta <= 9min)));
        if (rta == never) stopped_twice = count;
    }
    CHECK(stopped_twice / double{trials} == Approx(4.0 / 9).margin(0.015));  // (6 of 9 minutes)²
}

TEST_CASE("retries count in planning where the plan says so") {
    CHECK(try_out(outage("takes 10m; fails 40%; retry 2 every 1m", "", "recover s with back", "count retries")).planned == 33min);
    CHECK(try_out(outage("takes 10m; retry 2 every 1m", "", "recover s with back", "count retries")).planned == 11min);
}

TEST_CASE("a step that failed for good turns to its procedure, and the rest follows that") {
    const Trials all = try_out(outage("takes 10m; fails 25%; otherwise other", other));
    CHECK(all.planned == 11min);
    CHECK(all.share(11min) == Approx(0.75).margin(0.015));
    CHECK(all.share(10min + 1h + 1min) == Approx(0.25).margin(0.015));
    CHECK(all.by_rta.size() == 2);
}

TEST_CASE("a procedure of which a step failed for good turns to the next") {
    const Trials all = try_out(outage("takes 10m; fails 25%", other, "recover s with back otherwise other"));
    CHECK(all.planned == 11min);
    CHECK(all.share(11min) == Approx(0.75).margin(0.015));
    CHECK(all.share(10min + 1h) == Approx(0.25).margin(0.015));
    CHECK(all.by_rta.size() == 2);
}

TEST_CASE("what a planned timeout turns to is planned") {
    CHECK(try_out(outage("takes 10m; timeout 4m; retry 1 every 2m; otherwise other", other)).planned == 10min + 1h + 1min);
    CHECK(try_out(outage("takes 10m; timeout 4m", other, "recover s with back otherwise other")).planned == 4min + 1h);
}

TEST_CASE("a step that finds no copy turns to its procedure at once") {
    const std::string text =
        outage("restore d from copy; otherwise other", std::string("store gone { s3 \"x\" }\ndata d { in s; size 1GB }\n"
                                                                   "backup copy of d { every 1h; to gone }\n") +
                                                           std::string(other));
    std::string destroyed = text;
    destroyed.replace(destroyed.find("fails s;"), 8, "fails s; destroys store gone;");
    destroyed.replace(destroyed.find("manual \"mend\"; "), 15, "");
    CHECK(try_out(destroyed).planned == 1h + 1min);
}

TEST_CASE("people are free again once what they were at has failed") {
    const std::string text =
        "plan p\nrole r\nservice s { rto 1h }\nservice u\n"
        "procedure back { recovers s; step one { by r; manual \"mend\"; takes 10m; timeout 4m; otherwise other } }\n"
        "procedure more { recovers u; step two { by r; manual \"mend\"; takes 5m } }\n"
        "procedure other { step three { manual \"build\"; takes 1h } }\n"
        "scenario outage { fails s, u; detected after 0s }\n";
    const auto plan = testing::plan_of(text);
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    CHECK(rehearsal.planning_trial().rta == std::vector<Time>{1h + 4min, 9min});
}

TEST_CASE("the copy that is turned to decides what is lost") {
    const auto plan = testing::plan_of(
        "plan p\nsite a\nsite b { standby }\nservice s { at a, b standby }\ndata d { in s; size 1GB }\nstore vault { s3 \"x\"; rate 1GB/s "
        "}\n"
        "replica r of d { from a to b; mode sync }\nbackup nightly of d { every 1h; takes 0s; upload 0s; to vault }\n"
        "procedure over { recovers s; step one { promote r of d; takes 1m; fails 50% } }\n"
        "procedure back { recovers s; step two { restore d from nightly; takes 1m } }\n"
        "scenario outage { fails site a; detected after 0s; recover s with over otherwise back }\n");
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    CHECK(rehearsal.planning_trial().rpa[0] == 0s);
    int some = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        const Outcome outcome = rehearsal.trial(Draws(1, i));
        REQUIRE((outcome.rpa[0] > 0s) == (outcome.rta[0] == 2min));
        some += outcome.rpa[0] > 0s ? 1 : 0;
    }
    CHECK(some / 1000.0 == Approx(0.5).margin(0.05));
}

}  // namespace muster::simulator
