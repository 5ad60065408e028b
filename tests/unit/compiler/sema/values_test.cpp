#include <catch2/catch.hpp>

#include "tests/unit/compiler/sema/compiled.h"

namespace muster::sema {
namespace {

using model::Duration;
using support::Time;
using testing::compiled;
using testing::in_plan;
using Places = std::vector<std::string>;
using namespace std::chrono_literals;

Duration response(const std::string& written) {
    const auto plan = in_plan("role dba { responds " + written + " }\n");
    REQUIRE(plan.places() == Places{});
    return plan.plan.roles[{0}].responds->value;
}

TEST_CASE("durations have the planning value of their shape", "[values]") {
    CHECK(response("5m").planning() == Time{5min});
    CHECK(response("2m..8m").planning() == Time{8min});
    CHECK(response("2m..4m..15m").planning() == Time{15min});
    CHECK(response("p50 5m p95 20m").planning() == Time{20min});
    CHECK(response("mean 5m").planning() == Time{898'720});  // 300 s times the natural logarithm of 20, rounded up
}

TEST_CASE("ranges run from short to long", "[values]") {
    CHECK(in_plan("role dba { responds 8m..2m }\n").places() == Places{"M2005 2:21"});
    CHECK(in_plan("role dba { responds 2m..20m..8m }\n").places() == Places{"M2005 2:21"});
    CHECK(in_plan("role dba { responds p50 8m p95 2m }\n").places() == Places{"M2005 2:21"});
    CHECK(in_plan("role dba { responds 8m..8m }\n").places() == Places{});
}

TEST_CASE("percentages are exact to four decimals", "[values]") {
    const auto plan = in_plan("tier a { availability 99.9999% }\ntier b { availability 100% }\ntier c { availability 0% }\n");
    CHECK(plan.places() == Places{});
    CHECK(plan.plan.tiers[{0}].objectives.availability->value.millionths == 999'999);
    CHECK(plan.plan.tiers[{1}].objectives.availability->value.millionths == 1'000'000);
    CHECK(in_plan("tier a { availability 99.99999% }\n").codes() == Places{"M2004"});
    CHECK(in_plan("tier a { availability 100.0001% }\n").codes() == Places{"M2004"});
}

TEST_CASE("numbers keep to their range", "[values]") {
    CHECK(in_plan("role dba { headcount 0 }\n").places() == Places{});
    CHECK(in_plan("role dba { headcount 2.0 }\n").plan.roles[{0}].headcount == 2);
    CHECK(in_plan("role dba { headcount 1.5 }\n").places() == Places{"M2004 2:22"});
    CHECK(in_plan("role dba { headcount 99999999999999999999 }\n").places() == Places{"M2004 2:22"});
    CHECK(in_plan("service db\ndetector down { watches db; threshold 0 }\n").codes() == Places{"M2004"});
}

TEST_CASE("an RPO may be nothing, an RTO and an MTD may not", "[values]") {
    CHECK(in_plan("tier a { rpo 0s }\n").places() == Places{});
    CHECK(in_plan("tier a { rto 0s }\n").codes() == Places{"M2004"});
    CHECK(in_plan("tier a { mtd 0ms }\n").codes() == Places{"M2004"});
}

TEST_CASE("an objective is said once for each kind of disruption", "[values]") {
    CHECK(in_plan("tier a { rto 1h; rto 2h under region; rto 3h under malice }\n").places() == Places{});
    CHECK(in_plan("tier a { rto 1h; rto 2h }\n").places() == Places{"M2003 2:22"});
    CHECK(in_plan("tier a { rto 1h under zone; rto 2h under zone }\n").places() == Places{"M2003 2:33"});
}

TEST_CASE("dates are days of the calendar", "[values]") {
    CHECK(compiled("plan p { reviewed 2024-02-29 }\n").plan.reviewed == "2024-02-29");
    CHECK(compiled("plan p { reviewed 2026-02-29 }\n").places() == Places{"M2011 1:19"});
    CHECK(compiled("plan p { reviewed 2026-00-10 }\n").codes() == Places{"M2011"});
}

TEST_CASE("times of day run to 24:00", "[values]") {
    CHECK(in_plan("role dba { hours mon 00:00..24:00 }\n").plan.roles[{0}].hours[0].until == Time{24h});
    CHECK(in_plan("role dba { hours mon 08:60..18:00 }\n").codes() == Places{"M2004"});
    CHECK(in_plan("role dba { hours mon 22:00..06:00 }\n").codes() == Places{"M2004"});
}

TEST_CASE("time zones are those of the database", "[values]") {
    CHECK(compiled("plan p { timezone UTC }\n").places() == Places{});
    CHECK(compiled("plan p { timezone \"America/Argentina/Buenos_Aires\" }\n").places() == Places{});
    CHECK(compiled("plan p { timezone \"Mars/Olympus\" }\n").places() == Places{"M2007 1:19"});
    CHECK(compiled("plan p { timezone \"../../etc/passwd\" }\n").places() == Places{"M2007 1:19"});
}

TEST_CASE("schedules are the cron lines that they stand for", "[values]") {
    const auto cron = [](const std::string& written) {
        const auto plan = in_plan("duty d { every " + written + " }\n");
        REQUIRE(plan.places() == Places{});
        return plan.plan.duties[{0}].schedule->calendar.cron;
    };
    CHECK(cron("day at 02:00") == "0 2 * * *");
    CHECK(cron("2h") == "0 */2 * * *");
    CHECK(cron("15m") == "*/15 * * * *");
    CHECK(cron("hour") == "0 * * * *");
    CHECK(cron("week") == "0 0 * * 0");
    CHECK(cron("month at 03:30") == "30 3 1 * *");
    CHECK(cron("quarter") == "0 0 1 1,4,7,10 *");
    CHECK(cron("year") == "0 0 1 1 *");
    CHECK(cron("mon..fri at 18:00") == "0 18 * * 1,2,3,4,5");
    CHECK(cron("sat..mon") == "0 0 * * 0,1,6");
    CHECK(cron("mar, jun on 15 at 09:00") == "0 9 15 3,6 *");
    CHECK(cron("first monday of mar at 09:00") == "0 9 * 3 1");
}

TEST_CASE("an interval that cron cannot say stays an interval", "[values]") {
    const auto plan = in_plan("duty d { every 7h }\nduty e { every 90m }\n");
    CHECK(plan.places() == Places{});
    CHECK(plan.plan.duties[{0}].schedule->interval == Time{7h});
    CHECK(plan.plan.duties[{1}].schedule->interval == Time{90min});
}

TEST_CASE("schedules that cannot be kept are refused", "[values]") {
    for (const char* written :
         {"every 30s", "every hour at 02:00", "cron \"0 9 * *\"", "cron \"0 24 * * *\"", "cron \"\"", "cron \"CRON_TZ=UTC 0 9 * * *\""}) {
        INFO(written);
        CHECK(in_plan("duty d { " + std::string(written) + " }\n").codes() == Places{"M2006"});
    }
}

TEST_CASE("steps that wait for each other are one message and no endless loop", "[values]") {
    const auto plan = in_plan("procedure p {\n step a { after b }\n step b { after a }\n step c { after b }\n}\n");
    CHECK(plan.places() == Places{"M2012 3:7"});
    for (const auto& step : plan.plan.steps) CHECK(step.after.empty());
}

TEST_CASE("a step does one thing", "[values]") {
    CHECK(in_plan("service web\nprocedure p { step a { restart web; manual \"look\" } }\n").places() == Places{"M2010 3:37"});
}

TEST_CASE("a waiver names a diagnostic by code or by name", "[values]") {
    const auto plan =
        in_plan("service a { allow M3001 until 2026-12-31 because \"x\"; allow rto-inversion until 2026-12-31 because \"y\" }\n");
    CHECK(plan.places() == Places{});
    CHECK(plan.plan.waivers.at(0).code == "M3001");
    CHECK(plan.plan.waivers.at(1).code == "M3003");
    CHECK(in_plan("service a { allow rto-mised until 2026-12-31 because \"x\" }\n").only_message() ==
          "there is no diagnostic called `rto-mised` = did you mean `rto-missed`?");
}

}  // namespace
}  // namespace muster::sema
