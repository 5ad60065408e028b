#include "backends/jobs/timing.h"

#include <catch2/catch.hpp>

#include "tests/unit/backends/compiled.h"

using namespace muster;
using namespace muster::backends;
using namespace std::chrono_literals;
using support::Time;

namespace {

model::Schedule every(Time interval) {
    model::Schedule schedule;
    schedule.interval = interval;
    schedule.zone = "Europe/Berlin";
    return schedule;
}

model::Schedule cron(const std::string& line, const std::string& zone = "UTC", int nth = 0) {
    model::Schedule schedule;
    schedule.calendar = model::parse_cron(line).value();
    schedule.calendar.nth = nth;
    schedule.zone = zone;
    return schedule;
}

}  // namespace

TEST_CASE("an interval becomes the line that starts whenever it does, as seldom as cron can") {
    const auto line = [](Time interval) { return jobs::cron_line(every(interval), test_date); };
    CHECK(line(7h).cron == "0 * * * *");
    CHECK(line(36h).cron == "0 */12 * * *");
    CHECK(line(10 * 24h).cron == "0 0 * * *");
    CHECK(line(90min).cron == "*/30 * * * *");
    CHECK(line(100min).cron == "*/20 * * * *");
    CHECK(line(7min).cron == "* * * * *");
    CHECK(line(90s).cron == "* * * * *");
    CHECK(line(7h).zone == "UTC");
    CHECK(line(7h).interval->cadence == 1h);
    for (const Time interval : {Time{7h}, Time{36h}, Time{10 * 24h}, Time{90min}, Time{100min}, Time{7min}}) {
        INFO(interval.count());
        const analysis::Timetable starts(every(interval)), of_line(line(interval).schedule());
        auto start = starts.next(test_date);
        for (int i = 0; i < 50; ++i, start = starts.next(*start)) CHECK(of_line.next(*start - 1ms) == start);
    }
}

TEST_CASE("a calendar is its own line, with a guard for the nth weekday") {
    const auto plain = jobs::cron_line(cron("30 2 * * 1-5", "Europe/Berlin"), test_date);
    CHECK(plain.cron == "30 2 * * 1-5");
    CHECK(plain.zone == "Europe/Berlin");
    CHECK_FALSE(plain.guarded());
    const auto first = jobs::cron_line(cron("30 9 * * 1", "Europe/Berlin", 1), test_date);
    CHECK(first.guarded());
    CHECK(first.nth->minute_of_day == 570);
    CHECK(first.nth->minutes_from_utc == 60);
    CHECK(first.schedule().calendar.nth == 0);
}

TEST_CASE("deadlines lie below the period") {
    CHECK(jobs::shortest_gap(cron("0 2 * * *"), test_date) == Time{24h});
    CHECK(jobs::shortest_gap(cron("0 3 * * *", "Europe/Berlin"), test_date) == Time{23h});
    CHECK(jobs::shortest_gap(cron("0 2 * * 1,2"), test_date) == Time{24h});
    const auto daily = jobs::deadlines(24h, 65min);
    CHECK(daily.starting == 300);
    CHECK(daily.active == 2 * 65 * 60);
    const auto quarter = jobs::deadlines(15min, 10min);
    CHECK(quarter.starting == 90);
    CHECK(quarter.active == 15 * 60 - 90);
    const auto minute = jobs::deadlines(1min, std::nullopt);
    CHECK(minute.starting == 10);
    CHECK(minute.active == 50);
    CHECK(jobs::deadlines(24h, 65min, 30min).starting == 30 * 60);
    CHECK(jobs::deadlines(24h, 65min, 5s).starting == 10);
    CHECK(jobs::deadlines(720h, std::nullopt).active == 24 * 3600);
    CHECK(jobs::deadlines(24h, support::longest_duration).active == 24 * 3600 - 300);
}
