#include "compiler/model/calendar.h"

#include <catch2/catch.hpp>

using muster::model::Calendar;
using muster::model::parse_cron;

namespace {

std::string refusal(std::string_view text) {
    const auto calendar = parse_cron(text);
    return calendar ? "accepted" : calendar.error().message;
}

}  // namespace

TEST_CASE("every field of a cron line becomes the set of its values") {
    const auto calendar = parse_cron("30 2 1,15 jan-mar 1-5").value();
    CHECK(calendar.minutes == std::uint64_t{1} << 30);
    CHECK(calendar.hours == 1U << 2);
    CHECK(calendar.days == (1U << 1 | 1U << 15));
    CHECK(calendar.months == (1U << 1 | 1U << 2 | 1U << 3));
    CHECK(calendar.weekdays == 0b0111110);
    CHECK_FALSE(calendar.any_day);
    CHECK_FALSE(calendar.any_weekday);
    CHECK(calendar.nth == 0);
}

TEST_CASE("a step runs from one value to the end of the field, and within a range to the end of that") {
    CHECK(parse_cron("50/5 * * * *")->minutes == (std::uint64_t{1} << 50 | std::uint64_t{1} << 55));
    CHECK(parse_cron("10-20/5 * * * *")->minutes == (1U << 10 | 1U << 15 | 1U << 20));
    CHECK(parse_cron("*/30 * * * *")->minutes == (1U | 1U << 30));
}

TEST_CASE("only a wildcard without a step above one leaves the day open") {
    CHECK(parse_cron("0 0 * * 1")->any_day);
    CHECK(parse_cron("0 0 ? * 1")->any_day);
    CHECK(parse_cron("0 0 */1 * 1")->any_day);
    CHECK_FALSE(parse_cron("0 0 */2 * 1")->any_day);
    CHECK_FALSE(parse_cron("0 0 1-31 * 1")->any_day);
    CHECK(parse_cron("0 0 1 * *")->any_weekday);
    CHECK_FALSE(parse_cron("0 0 1 * */2")->any_weekday);
}

TEST_CASE("a shorthand is its five fields") {
    CHECK(parse_cron("@weekly").value() == parse_cron("0 0 * * 0").value());
    CHECK(parse_cron("@hourly")->cron == "0 * * * *");
    CHECK(parse_cron("@annually").value() == parse_cron("@yearly").value());
    CHECK(parse_cron("@midnight").value() == parse_cron("@daily").value());
    CHECK(parse_cron("@monthly")->cron == "0 0 1 * *");
}

TEST_CASE("the line is kept as written, with single blanks") { CHECK(parse_cron("  0\t2  * *  Mon,fri ")->cron == "0 2 * * Mon,fri"); }

TEST_CASE("a refusal names the field and the fault") {
    CHECK(refusal("0 25 * * *") == "the hour \"25\" is above 23");
    CHECK(refusal("0 0 0 * *") == "the day of the month \"0\" is below 1");
    CHECK(refusal("0 0 * * 7") == "the weekday \"7\" is above 6: Sunday is 0");
    CHECK(refusal("0 0 * foo *") == "the month \"foo\" is neither a number nor a name of three letters");
    CHECK(refusal("x 0 * * *") == "the minute \"x\" is no number");
    CHECK(refusal("9-5 * * * *") == "the minute \"9-5\" ends before it begins");
    CHECK(refusal("1-2-3 * * * *") == "the minute \"1-2-3\" has more than one hyphen");
    CHECK(refusal("*/5/5 * * * *") == "the minute \"*/5/5\" has more than one slash");
    CHECK(refusal("*/0 * * * *") == "the minute \"*/0\" has a step that is no number above 0");
    CHECK(refusal("0 2 * *") == "\"0 2 * *\" has 4 fields; cron has five: minute, hour, day of the month, month, weekday");
}

TEST_CASE("what robfig takes and a plan may not say is refused") {
    CHECK(refusal("CRON_TZ=Europe/Berlin 0 2 * * *").find("time zone") != std::string::npos);
    CHECK(refusal("TZ=UTC 0 2 * * *").find("time zone") != std::string::npos);
    CHECK(refusal("@every 1h").find("is an interval and no calendar") != std::string::npos);
    CHECK(refusal("@reboot").find("is none of @yearly") != std::string::npos);
    CHECK(refusal("0 0 , * *") == "the day of the month \",\" names no value");
    CHECK(refusal("*-5 * * * *") == "the minute \"*-5\" is a range that begins with a wildcard");
    CHECK(refusal("0 0 * * fr\xC4\xB0").find("the weekday") == 0);
}
