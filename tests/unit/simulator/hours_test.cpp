#include "simulator/hours.h"

#include <catch2/catch.hpp>

#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using namespace std::chrono;

WorkingHours hours_of(std::string_view clauses) {
    const model::Plan plan = testing::plan_of("plan p\nrole r { " + std::string(clauses) + " }\n");
    return WorkingHours(*plan.roles.begin());
}

analysis::Instant utc(year_month_day day, milliseconds time) { return sys_days{day} + time; }

}  // namespace

TEST_CASE("hours follow the clocks of their zone") {
    const WorkingHours hours = hours_of(R"(hours mon..fri 08:00..18:00 "Europe/Berlin")");
    const auto winter = 2027y / 1 / 4, summer = 2027y / 7 / 5;  // Mondays
    CHECK_FALSE(hours.hold(utc(winter, 7h - 1ms)));
    CHECK(hours.hold(utc(winter, 7h)));
    CHECK(hours.hold(utc(winter, 17h - 1ms)));
    CHECK_FALSE(hours.hold(utc(winter, 17h)));
    CHECK_FALSE(hours.hold(utc(summer, 6h - 1ms)));
    CHECK(hours.hold(utc(summer, 6h)));
    CHECK_FALSE(hours.hold(utc(summer, 16h)));
    CHECK_FALSE(hours.hold(utc(2027y / 7 / 4, 10h)));  // a Sunday
}

TEST_CASE("the weekday is that of the zone, not of UTC") {
    const WorkingHours hours = hours_of(R"(hours mon 00:00..24:00 "Asia/Tokyo")");
    CHECK(hours.hold(utc(2027y / 1 / 3, 15h)));  // still Sunday in UTC
    CHECK_FALSE(hours.hold(utc(2027y / 1 / 4, 15h)));
}

TEST_CASE("several hours add up, and none means always") {
    const WorkingHours split = hours_of(R"(hours mon 08:00..12:00 "UTC"; hours mon 13:00..17:00 "UTC")");
    CHECK(split.hold(utc(2027y / 1 / 4, 9h)));
    CHECK_FALSE(split.hold(utc(2027y / 1 / 4, 12h)));
    CHECK(split.hold(utc(2027y / 1 / 4, 13h)));
    CHECK(hours_of("headcount 1").hold(utc(2027y / 1 / 3, 3h)));
}

TEST_CASE("beyond the end of clocks nobody is at work") {
    CHECK_FALSE(hours_of(R"(hours mon..sun 00:00..24:00 "UTC")").hold(analysis::end_of_time));
}

}  // namespace muster::simulator
