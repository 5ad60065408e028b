#include "compiler/analysis/zone.h"

#include <catch2/catch.hpp>
#include <string>

#include "compiler/analysis/calendar.h"

using namespace std::chrono;
using namespace std::chrono_literals;
using muster::analysis::Zone;
using muster::analysis::zone_exists;
using muster::analysis::ZoneRule;

namespace {

seconds offset(std::string_view rule, sys_seconds time) { return ZoneRule::parse(rule).value().at(time).offset; }

sys_seconds utc(int in_year, unsigned in_month, unsigned on_day, hours hour = 0h) {
    return sys_days{year{in_year} / in_month / on_day} + hour;
}

std::string number(std::int64_t value, int size) {
    std::string bytes;
    for (int i = size - 1; i >= 0; --i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
}

/// A TZif file of one change, at 1970-01-02, from UTC to an hour ahead of it.
std::string one_change(std::string_view last_line) {
    const std::string start = std::string("TZif2") + std::string(15, '\0');
    const std::string counts = number(0, 4) + number(0, 4) + number(0, 4);
    const std::string old = start + counts + number(0, 4) + number(1, 4) + number(4, 4) + number(0, 6) + std::string("UTC\0", 4);
    const std::string now = start + counts + number(1, 4) + number(2, 4) + number(4, 4) + number(86'400, 8) + '\1';
    return old + now + number(0, 6) + number(3600, 4) + number(0, 2) + std::string("UTC\0", 4) + '\n' + std::string(last_line) + '\n';
}

}  // namespace

TEST_CASE("a zone exists by its name in the database and by nothing else") {
    CHECK(zone_exists("UTC"));
    CHECK(zone_exists("Europe/Berlin"));
    CHECK(zone_exists("America/Argentina/Buenos_Aires"));
    CHECK(zone_exists("Etc/GMT+5"));
    for (const auto* name : {"", "Europe", "europe/berlin", "Europe/Berlin/", "Europe/Berlin ", "../../../etc/passwd", "Europe/../UTC",
                             "/UTC", "posix/UTC", "right/UTC", "localtime", "posixrules", "Local", "CEST", "+02:00", "tzdata.zi"}) {
        INFO(name);
        CHECK_FALSE(zone_exists(name));
    }
}

TEST_CASE("a yearly rule changes clocks in the local time before the change") {
    const std::string_view berlin = "CET-1CEST,M3.5.0,M10.5.0/3";
    CHECK(offset(berlin, utc(2040, 3, 25, 1h) - 1s) == 1h);
    CHECK(offset(berlin, utc(2040, 3, 25, 1h)) == 2h);
    CHECK(offset(berlin, utc(2040, 10, 28, 1h) - 1s) == 2h);
    CHECK(offset(berlin, utc(2040, 10, 28, 1h)) == 1h);

    const auto winter = ZoneRule::parse(berlin)->at(utc(2040, 12, 31, 23h));
    CHECK(winter.begin == utc(2040, 10, 28, 1h));
    CHECK(winter.end == utc(2041, 3, 31, 1h));
}

TEST_CASE("summers span the new year in the south, and are winters in Dublin") {
    CHECK(offset("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", utc(2040, 1, 1)) == 11h);
    CHECK(offset("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", utc(2040, 7, 1)) == 10h + 30min);
    CHECK(offset("IST-1GMT0,M10.5.0,M3.5.0/1", utc(2040, 1, 1)) == 0h);
    CHECK(offset("IST-1GMT0,M10.5.0,M3.5.0/1", utc(2040, 7, 1)) == 1h);
}

TEST_CASE("a change may come before its day and long after it") {
    CHECK(offset("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", utc(2040, 3, 25, 1h) - 1s) == -2h);
    CHECK(offset("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", utc(2040, 3, 25, 1h)) == -1h);
    CHECK(offset("EET-2EEST,M3.4.4/50,M10.4.4/50", utc(2040, 3, 24) - 1s) == 2h);
    CHECK(offset("EET-2EEST,M3.4.4/50,M10.4.4/50", utc(2040, 3, 24)) == 3h);
}

TEST_CASE("a rule may count the days of the year, with or without the leap day") {
    CHECK(offset("AAA0BBB,J60/0,J300/0", utc(2040, 3, 1)) == 1h);
    CHECK(offset("AAA0BBB,J60/0,J300/0", utc(2040, 3, 1) - 1s) == 0h);
    CHECK(offset("AAA0BBB,59/0,300/0", utc(2040, 2, 29)) == 1h);
    CHECK(offset("AAA0BBB,59/0,300/0", utc(2041, 3, 1) - 1s) == 0h);
}

TEST_CASE("what is no rule is refused") {
    for (const auto* text :
         {"", "UTC", "U0", "<UTC0", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1CEST,M13.5.0,M10.5.0",
          "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J5", "CET-200"}) {
        INFO(text);
        CHECK_FALSE(ZoneRule::parse(text));
    }
}

TEST_CASE("a zone file gives its changes, and after the last of them its rule") {
    const auto fixed = Zone::read(one_change(""));
    REQUIRE(fixed);
    CHECK(fixed->at(utc(1970, 1, 1)).offset == 0h);
    CHECK(fixed->at(utc(1970, 1, 1)).end == utc(1970, 1, 2));
    CHECK(fixed->at(utc(1970, 1, 2)).offset == 1h);
    CHECK(fixed->at(utc(2040, 7, 1)).offset == 1h);

    const auto ruled = Zone::read(one_change("CET-1CEST,M3.5.0,M10.5.0/3"));
    REQUIRE(ruled);
    CHECK(ruled->at(utc(1970, 1, 2)).begin == utc(1970, 1, 2));
    CHECK(ruled->at(utc(1970, 7, 1)).offset == 2h);
    CHECK(ruled->at(utc(1970, 1, 1)).offset == 0h);
}

TEST_CASE("a zone file that is cut off anywhere before its last line is refused") {
    const std::string whole = one_change("");
    for (std::size_t size = 0; size + 2 < whole.size(); ++size) CHECK_FALSE(Zone::read(whole.substr(0, size)));
    std::string bad_type = whole;
    bad_type[bad_type.find('\1')] = '\7';
    CHECK_FALSE(Zone::read(bad_type));
}
