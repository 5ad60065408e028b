// Who stands in for whom, and what people cannot work without.
#include <catch2/catch.hpp>

#include "simulator/rehearsal.h"
#include "simulator/tally.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;
using support::never;
using testing::new_year;

// A service that `dba` brings back in ten minutes; `roles` declares the people, `more` what happens besides.
std::string outage(std::string_view roles, std::string_view more = "", std::string_view things = "") {
    return "plan p\n" + std::string(things) + "\n" + std::string(roles) +
           "\nservice s\nprocedure back { recovers s; step one { by dba; takes 10m; manual \"mend\" } }\n"
           "scenario outage { fails s; " +
           std::string(more) + " detected after 1m; recover s with back }\n";
}

Time planned(const std::string& text) {
    const auto plan = testing::plan_of(text);
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    const Time rta = rehearsal.planning_trial().rta[0];
    CHECK(rta == rehearsal.estimate().services[0].rta.value_or(never));
    return rta;
}

}  // namespace

TEST_CASE("who does not answer is stood in for") {
    const std::string lead = "role lead { responds 20m }\n";
    CHECK(planned(outage(lead + "role dba { responds 5m; escalates to lead after 15m }")) == 16min);
    CHECK(planned(outage(lead + "role dba { responds 2h; escalates to lead after 15m }")) == 46min);
    CHECK(planned(outage(lead + "role dba { responds 5m; escalates to lead after 15m }", "absent dba;")) == 46min);
    CHECK(planned(outage(lead + "role dba { headcount 0; escalates to lead after 15m }")) == 46min);
    CHECK(planned(outage(lead + "role dba { responds 5m }", "absent dba;")) == never);
}

TEST_CASE("escalation goes on where the next does not answer either, and ends where it began") {
    const std::string roles =
        "role boss { responds 3m; escalates to dba after 1m }\nrole lead { escalates to boss after 10m }\n"
        "role dba { escalates to lead after 15m }\n";
    CHECK(planned(outage(roles, "absent dba, lead;")) == 1min + 15min + 10min + 3min + 10min);
    CHECK(planned(outage(roles, "absent dba, lead, boss;")) == never);
}

TEST_CASE("whoever stands in has only two hands") {
    const auto plan = testing::plan_of(
        "plan p\nrole lead\nrole dba { headcount 0; escalates to lead after 0s }\nservice s { rto 1h }\nservice u\n"
        "procedure back { recovers s; step one { by dba; takes 10m; manual \"mend\" } }\n"
        "procedure more { recovers u; step one { by lead; takes 10m; manual \"mend\" } }\n"
        "scenario outage { fails s, u; detected after 0s }\n");
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    CHECK(rehearsal.planning_trial().rta == std::vector<Time>{10min, 20min});
}

TEST_CASE("whoever stands in is the one who was busy") {
    const auto plan = testing::plan_of(outage("role lead\nrole dba { headcount 0; responds 1m; escalates to lead after 15m }"));
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    Tally tally(rehearsal);
    tally.add(rehearsal.planning_trial());
    const auto roles = tally.result().roles;
    REQUIRE(roles.size() == 2);
    CHECK(roles[0].busy == 10min);  // lead
    CHECK(roles[1].busy == 0min);
    CHECK(roles[1].waited == 15min);
}

TEST_CASE("nobody is at work before what he works through is up") {
    const std::string site = "site office\ntool console { at office }";
    const std::string dba = "role dba { responds 5m; works through console }";
    CHECK(planned(outage(dba, "", site)) == 16min);
    CHECK(planned(outage(dba, "fails site office; lasts 2h;", site)) == 2h);
    CHECK(planned(outage(dba, "fails site office;", site)) == never);
    // It is what he is to bring back.
    CHECK(planned(outage("role dba { works through s }")) == never);
}

TEST_CASE("in a trial whoever is at work first does it") {
    const auto plan = testing::plan_of(outage("role lead { responds 0s }\nrole dba { responds 0s..20m; escalates to lead after 10m }"));
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, new_year));
    int stood_in = 0;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        const Time rta = rehearsal.trial(Draws(1, i)).rta[0];
        REQUIRE(rta <= 21min);
        stood_in += rta == 21min ? 1 : 0;
    }
    CHECK(stood_in / 10'000.0 == Approx(0.5).margin(0.02));
}

TEST_CASE("a copy whose key is gone is lost, and one whose key returns waits for it") {
    const auto with = [](std::string_view effects, std::string_view lasts) {
        return "plan p\nsite a\nsite office\ntool safe { at office }\nsecret seal { kept in safe }\nservice s { at a }\ndata d { in s; "
               "size 1GB }\n"
               "store vault { s3 \"x\"; rate 1GB/s }\nbackup copy of d { every 1h; takes 0s; upload 0s; to vault; encrypt gpg key seal }\n"
               "procedure back { recovers s; step one { takes 10m; restore d from copy } }\n"
               "scenario fire { destroys site a; " +
               std::string(effects) + " " + std::string(lasts) + " detected after 0s }\n";
    };
    CHECK(planned(with("", "")) == 10min);
    CHECK(planned(with("fails site office;", "lasts 3h;")) == 3h + 10min);
    CHECK(planned(with("fails site office;", "")) == never);
    CHECK(planned(with("destroys site office;", "lasts 3h;")) == never);
}

}  // namespace muster::simulator
