#include "compiler/support/time.h"

#include <catch2/catch.hpp>

namespace muster::support {
namespace {

using namespace std::chrono_literals;

TEST_CASE("durations are read in every unit", "[time]") {
    CHECK(parse_duration("250ms") == Time{250});
    CHECK(parse_duration("1s") == Time{1s});
    CHECK(parse_duration("1m") == Time{1min});
    CHECK(parse_duration("1h") == Time{1h});
    CHECK(parse_duration("1d") == Time{24h});
    CHECK(parse_duration("1w") == Time{7 * 24h});
    CHECK(parse_duration("1mo") == Time{30 * 24h});
    CHECK(parse_duration("1y") == Time{365 * 24h});
    CHECK(parse_duration("1h30m") == Time{90min});
    CHECK(parse_duration("1.5h") == Time{90min});
    CHECK(parse_duration("0s") == Time::zero());
    CHECK(parse_duration("30m1h") == Time{90min});
}

TEST_CASE("what is no duration is not read as one", "[time]") {
    for (const char* text : {"", "5", "m", "5min", "5 m", "-5m", "5m ", "h5", "1.5", "1.m", "5M", "1e3s"}) {
        INFO(text);
        CHECK_FALSE(parse_duration(text));
    }
}

TEST_CASE("a duration is a whole number of milliseconds", "[time]") {
    CHECK(parse_duration("0.001s") == Time{1});
    CHECK_FALSE(parse_duration("0.5ms"));
    CHECK_FALSE(parse_duration("0.0001s"));
}

TEST_CASE("a thousand years are the most", "[time]") {
    CHECK(parse_duration("1000y") == longest_duration);
    CHECK_FALSE(parse_duration("1000y1ms"));
    CHECK_FALSE(parse_duration("999999999999999999y"));
    CHECK_FALSE(parse_duration("999y999999999999999999ms"));
    CHECK_FALSE(parse_duration("100000000000000d100000000000000d"));
}

TEST_CASE("durations are written as a plan would", "[time]") {
    CHECK(format_duration(Time::zero()) == "0s");
    CHECK(format_duration(Time{250}) == "250ms");
    CHECK(format_duration(6h + 23min + 20s) == "6h23m20s");
    CHECK(format_duration(72h + 50min) == "3d50m");
    CHECK(format_duration(60 * 24h) == "60d");
    CHECK(format_duration(-90min) == "-1h30m");
    CHECK(format_duration(never) == "never");
    CHECK(format_duration(Time::min()) == "-106751991167d7h12m55s808ms");
}

TEST_CASE("what is written is read again as the same time", "[time]") {
    for (const Time time : {Time{1}, Time{59'999}, Time{3'600'001}, Time{86'400'000}, longest_duration, longest_duration - Time{1}})
        CHECK(parse_duration(format_duration(time)) == time);
}

TEST_CASE("later stays never and never overflows", "[time]") {
    CHECK(later(Time{1h}, Time{30min}) == Time{90min});
    CHECK(later(never, Time{1}) == never);
    CHECK(later(Time{1}, never) == never);
    CHECK(later(never, never) == never);
    CHECK(later(Time{Time::max().count() - 1}, Time{1}) == never);
    CHECK(later(Time{Time::max().count() - 1}, Time{2}) == never);
    CHECK(later(Time{1h}, Time{-30min}) == Time{30min});
}

TEST_CASE("a hundred thousand of the longest durations still fit", "[time]") {
    Time sum = Time::zero();
    for (int i = 0; i < 100'000; ++i) sum = later(sum, longest_duration);
    CHECK(sum != never);
    CHECK(sum == longest_duration * 100'000);
}

}  // namespace
}  // namespace muster::support
