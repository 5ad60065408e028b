#include "compiler/analysis/calendar.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace std::chrono;
using namespace std::chrono_literals;
using muster::analysis::gap_horizon;
using muster::analysis::Instant;
using muster::analysis::last_start;
using muster::analysis::longest_gap;
using muster::analysis::next_start;
using muster::analysis::Timetable;
using muster::model::Schedule;
using muster::model::Time;

namespace {

Schedule cron(std::string_view line, std::string zone = "UTC") {
    return {.calendar = muster::model::parse_cron(line).value(), .zone = std::move(zone)};
}

Schedule nth(int which, std::string_view line, std::string zone = "UTC") {
    Schedule schedule = cron(line, std::move(zone));
    schedule.calendar.nth = which;
    return schedule;
}

Schedule every(Time interval) { return {.interval = interval, .zone = "Europe/Berlin"}; }

Instant utc(int in_year, unsigned in_month, unsigned on_day, hours hour = 0h, minutes minute = 0min) {
    return sys_days{year{in_year} / in_month / on_day} + hour + minute;
}

const Instant as_of = utc(2026, 1, 1);

/// What `longest_gap` promises, by looking at every start.
std::optional<Time> longest_by_hand(const Timetable& timetable, Instant from, std::size_t gaps) {
    std::vector<Instant> starts;
    for (auto start = timetable.next(from - 1ms); start && *start <= from + gap_horizon; start = timetable.next(*start))
        starts.push_back(*start);
    std::optional<Time> longest;
    for (std::size_t i = gaps; i < starts.size(); ++i) longest = std::max(longest.value_or(0ms), Time{starts[i] - starts[i - gaps]});
    return longest;
}

}  // namespace

TEST_CASE("the longest gaps of the model's worked examples") {
    CHECK(longest_gap(cron("0 2 * * *"), as_of) == 24h);
    CHECK(longest_gap(cron("0 2 * * 1-5"), as_of) == 72h);
    CHECK(longest_gap(cron("30 2 * * *", "Europe/Berlin"), as_of) == 47h);
    CHECK(longest_gap(cron("30 2 * * *"), as_of) == 24h);
    CHECK(longest_gap(cron("0 0 31 * *"), as_of) == 24h * 61);
}

TEST_CASE("where day and weekday are both restricted either will do") {
    const Schedule schedule = cron("0 9 1-7 * 1");
    CHECK(next_start(schedule, utc(2026, 1, 7, 9h)) == utc(2026, 1, 12, 9h));
    CHECK(next_start(schedule, utc(2026, 1, 26, 9h)) == utc(2026, 2, 1, 9h));
    CHECK(longest_gap(schedule, as_of) == 24h * 7);
    CHECK(next_start(cron("0 0 */1 * 5"), as_of) == utc(2026, 1, 2));
    CHECK(next_start(cron("0 0 */2 * 5"), as_of) == utc(2026, 1, 2));
    CHECK(next_start(cron("0 0 */2 * 5"), utc(2026, 1, 2)) == utc(2026, 1, 3));
}

TEST_CASE("the next start is after the moment and not at it") {
    const Schedule schedule = cron("0 2 * * *");
    CHECK(next_start(schedule, utc(2026, 5, 1, 2h) - 1ms) == utc(2026, 5, 1, 2h));
    CHECK(next_start(schedule, utc(2026, 5, 1, 2h)) == utc(2026, 5, 2, 2h));
    CHECK(next_start(schedule, utc(2026, 5, 1, 2h) + 1ms) == utc(2026, 5, 2, 2h));
}

TEST_CASE("the last start is at the moment or before it") {
    const Schedule schedule = cron("0 2 * * 1-5");
    CHECK(last_start(schedule, utc(2026, 5, 1, 2h)) == utc(2026, 5, 1, 2h));
    CHECK(last_start(schedule, utc(2026, 5, 4, 2h) - 1ms) == utc(2026, 5, 1, 2h));
    CHECK(last_start(schedule, utc(2026, 5, 4, 2h) + 500ms) == utc(2026, 5, 4, 2h));
}

TEST_CASE("a local time that is skipped does not start, and one that is repeated starts twice") {
    const Schedule schedule = cron("30 2 * * *", "Europe/Berlin");
    CHECK(next_start(schedule, utc(2026, 3, 28, 1h, 30min)) == utc(2026, 3, 30, 0h, 30min));
    CHECK(last_start(schedule, utc(2026, 3, 29, 12h)) == utc(2026, 3, 28, 1h, 30min));
    CHECK(next_start(schedule, utc(2026, 10, 24, 0h, 30min)) == utc(2026, 10, 25, 0h, 30min));
    CHECK(next_start(schedule, utc(2026, 10, 25, 0h, 30min)) == utc(2026, 10, 25, 1h, 30min));
    CHECK(last_start(schedule, utc(2026, 10, 25, 1h, 29min)) == utc(2026, 10, 25, 0h, 30min));
}

TEST_CASE("in the hours around a change of an hour only the local clock counts") {
    const Schedule hourly = cron("0 * * * *", "America/New_York");
    CHECK(longest_gap(hourly, as_of) == 1h);
    CHECK(longest_gap(cron("0 1 * * *", "America/New_York"), as_of) == 24h);
    CHECK(longest_gap(cron("0 3 * * *", "America/New_York"), as_of) == 25h);
    CHECK(longest_gap(cron("0 3 * * *", "Asia/Kolkata"), as_of) == 24h);
}

TEST_CASE("a change by half an hour puts robfig out of step until midnight") {
    // Lord Howe goes from 02:00 (+10:30) to 02:30 (+11:00) on 4 October 2026. From 1:00 the search comes to 2:30, and on to 5:30.
    const Schedule schedule = cron("0 5 * * *", "Australia/Lord_Howe");
    CHECK(next_start(schedule, utc(2026, 10, 2, 18h, 30min)) == utc(2026, 10, 4, 18h));
    CHECK(last_start(schedule, utc(2026, 10, 4, 17h)) == utc(2026, 10, 2, 18h, 30min));
    CHECK(longest_gap(schedule, utc(2026, 7, 1)) == 48h + 30min);
    CHECK(next_start(cron("*/30 * * * *", "Australia/Lord_Howe"), utc(2026, 10, 3, 15h)) == utc(2026, 10, 3, 15h, 30min));
}

TEST_CASE("a day without a midnight makes robfig start on a day that the line does not name") {
    // Sao Paulo went from 00:00 to 01:00 on Sunday, 4 November 2018. Hours are counted up to the next 0, which never came.
    const Schedule schedule = cron("0 5 * * 6", "America/Sao_Paulo");
    CHECK(next_start(schedule, utc(2018, 11, 3, 8h)) == utc(2018, 11, 4, 7h));
    CHECK(next_start(schedule, utc(2018, 11, 4, 7h)) == utc(2018, 11, 10, 7h));
}

TEST_CASE("clocks go on changing after the years that the time zone files list") {
    const Schedule schedule = cron("0 2 * * *", "Europe/Berlin");
    CHECK(next_start(schedule, utc(2050, 7, 1)) == utc(2050, 7, 2));
    CHECK(next_start(schedule, utc(2050, 12, 1)) == utc(2050, 12, 1, 1h));
    CHECK(next_start(cron("0 2 * * *", "Australia/Sydney"), utc(2051, 1, 1)) == utc(2051, 1, 1, 15h));
}

TEST_CASE("a clock change in which robfig never finds an end is passed over") {
    // Pacific/Apia left out 30 December 2011, a Friday.
    const Schedule schedule = cron("0 12 * * 1", "Pacific/Apia");
    const auto start = next_start(schedule, utc(2011, 12, 26, 22h));
    REQUIRE(start);
    CHECK(*start > utc(2011, 12, 26, 22h));
    CHECK(*start < utc(2012, 1, 16));
    CHECK(last_start(schedule, utc(2012, 3, 1)) == utc(2012, 2, 26, 22h));
}

TEST_CASE("nth keeps one of the weekdays of a month") {
    const Schedule second_tuesday = nth(2, "0 9 * * 2");
    CHECK(next_start(second_tuesday, as_of) == utc(2026, 1, 13, 9h));
    CHECK(next_start(second_tuesday, utc(2026, 1, 13, 9h)) == utc(2026, 2, 10, 9h));
    CHECK(last_start(second_tuesday, utc(2026, 2, 10, 8h)) == utc(2026, 1, 13, 9h));
    CHECK(longest_gap(second_tuesday, as_of) == 24h * 35);

    const Schedule last_monday = nth(-1, "0 9 * 2,3 1", "Europe/Berlin");
    CHECK(next_start(last_monday, as_of) == utc(2026, 2, 23, 8h));
    CHECK(next_start(last_monday, utc(2026, 2, 23, 8h)) == utc(2026, 3, 30, 7h));
    CHECK(next_start(last_monday, utc(2026, 3, 30, 7h)) == utc(2027, 2, 22, 8h));
    CHECK(last_start(last_monday, utc(2027, 2, 22, 7h)) == utc(2026, 3, 30, 7h));
    CHECK(next_start(nth(4, "0 9 * * 1"), utc(2026, 3, 1)) == utc(2026, 3, 23, 9h));
}

TEST_CASE("missed runs add up the gaps that follow one another") {
    const Schedule workdays = cron("0 2 * * 1-5");
    CHECK(longest_gap(workdays, as_of, 1) == 96h);
    CHECK(longest_gap(workdays, as_of, 4) == 24h * 7);
    CHECK(longest_gap(workdays, as_of, 5) == 24h * 10);
    CHECK_FALSE(longest_gap(workdays, as_of, -1));
    CHECK_FALSE(longest_gap(workdays, as_of, std::int64_t{1} << 62));
}

TEST_CASE("there is no gap between fewer starts than it takes") {
    const Schedule leap_days = cron("0 0 29 2 *");
    CHECK(longest_gap(leap_days, as_of) == 24h * 1461);
    CHECK(longest_gap(leap_days, as_of, 5) == 24h * 1461 * 6);
    CHECK_FALSE(longest_gap(leap_days, as_of, 6));
    CHECK_FALSE(longest_gap(cron("0 0 30 2 *"), as_of));
    CHECK_FALSE(next_start(cron("0 0 30 2 *"), as_of));
    CHECK_FALSE(last_start(cron("0 0 30 2 *"), as_of));
    CHECK_FALSE(next_start(leap_days, utc(2096, 3, 1)));
}

TEST_CASE("the longest gaps are those found by looking at every start") {
    const auto line =
        GENERATE(as<std::string>{}, "*/7 1-5 * * *", "0 1,2,3,22 * * *", "0,1,2,58 * * * 0,3", "30 1 * * *", "*/20 0-23/3 1-5 * *");
    const auto zone = GENERATE(as<std::string>{}, "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo");
    const Timetable timetable(cron(line, zone));
    for (const std::size_t gaps : {1, 2, 3, 7, 40}) {
        const Instant from = utc(1999, 3, 27, 1h, 1min) + 7ms;
        CHECK(timetable.longest_gap(from, static_cast<std::int64_t>(gaps) - 1) == longest_by_hand(timetable, from, gaps));
    }
}

TEST_CASE("going back passes the starts that going forward passes") {
    const auto line =
        GENERATE(as<std::string>{}, "0 5 * * *", "15 */2 * * *", "0 0 * * 0", "30 0 1 * *", "0 0 31 3,10 *", "30 2 * 3,10 *", "0 0 1 1 *");
    const auto zone = GENERATE(as<std::string>{}, "UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut");
    const Timetable timetable(cron(line, zone));
    auto start = timetable.next(utc(2026, 1, 1));
    while (start && *start < utc(2029, 1, 1)) {
        const auto next = timetable.next(*start);
        REQUIRE(next);
        REQUIRE(timetable.last(*start) == start);
        REQUIRE(timetable.last(*next - 1ms) == start);
        start = next;
    }
}

TEST_CASE("an interval counts from 1970 in UTC, whatever the zone") {
    CHECK(next_start(every(7h), Instant{}) == Instant{7h});
    CHECK(next_start(every(7h), Instant{7h - 1ms}) == Instant{7h});
    CHECK(last_start(every(7h), Instant{7h - 1ms}) == Instant{});
    CHECK(last_start(every(7h), Instant{-1ms}) == Instant{-7h});
    CHECK(next_start(every(7h), Instant{-7h}) == Instant{});
    CHECK(longest_gap(every(90s), as_of) == 90s);
    CHECK(longest_gap(every(90s), as_of, 3) == 360s);
    CHECK_FALSE(longest_gap(every(24h * 365 * 25), as_of));
    CHECK_FALSE(next_start(every(0ms), as_of));
    CHECK_FALSE(longest_gap(every(-1ms), as_of));
}

TEST_CASE("nothing starts where there is no such zone, or beyond the years that can be written") {
    CHECK_FALSE(next_start(cron("0 2 * * *", "Europe/Atlantis"), as_of));
    CHECK_FALSE(last_start(cron("0 2 * * *", "Europe/Atlantis"), as_of));
    CHECK_FALSE(longest_gap(cron("0 2 * * *", "Europe/Atlantis"), as_of));
    CHECK_FALSE(next_start(cron("0 2 * * *"), Instant::max()));
    CHECK_FALSE(last_start(cron("0 2 * * *"), Instant::min()));
    CHECK_FALSE(longest_gap(cron("0 2 * * *"), Instant::max()));
}
