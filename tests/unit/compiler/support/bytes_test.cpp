#include "compiler/support/bytes.h"

#include <catch2/catch.hpp>

#include <limits>

namespace muster::support {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

Rate rate(const char* text) { return *parse_rate(text); }

TEST_CASE("sizes are read in powers of 1000 and of 1024", "[bytes]") {
    CHECK(parse_size("512B")->bytes == 512);
    CHECK(parse_size("1kB")->bytes == 1'000);
    CHECK(parse_size("1KB")->bytes == 1'000);
    CHECK(parse_size("1KiB")->bytes == 1'024);
    CHECK(parse_size("180GB")->bytes == 180'000'000'000);
    CHECK(parse_size("1.5TiB")->bytes == 1'649'267'441'664);
    CHECK(parse_size("1PB")->bytes == 1'000'000'000'000'000);
    CHECK(parse_size("1PiB")->bytes == 1'125'899'906'842'624);
    CHECK(parse_size("0GB")->bytes == 0);
}

TEST_CASE("what is no size is not read as one", "[bytes]") {
    for (const char* text : {"", "5", "GB", "5gb", "5G", "5Gb", "5 GB", "-5GB", "0.5B", "0.0001kB", "5GBs", "5kiB"}) {
        INFO(text);
        CHECK_FALSE(parse_size(text));
    }
}

TEST_CASE("the largest size is what 63 bits hold", "[bytes]") {
    CHECK(parse_size("9223PB"));
    CHECK_FALSE(parse_size("9224PB"));
    CHECK(parse_size("8191PiB")->bytes == 8191LL << 50);
    CHECK_FALSE(parse_size("8192PiB"));
    CHECK_FALSE(parse_size("999999999999999999GB"));
}

TEST_CASE("rates are read in bytes and in bits", "[bytes]") {
    CHECK(rate("200MB/s").bytes == 200'000'000);
    CHECK(rate("200MB/s").per == Time{1s});
    CHECK(rate("2GB/h").per == Time{1h});
    CHECK(rate("1GB/d").per == Time{24h});
    CHECK(rate("1MB/m").per == Time{1min});
    CHECK(rate("100Mbit/s").bytes == 12'500'000);
    CHECK(rate("1kbit/s").bytes == 125);
    CHECK(rate("0MB/h").bytes == 0);
}

TEST_CASE("what is no rate is not read as one", "[bytes]") {
    for (const char* text : {"", "5", "5MB", "5MB/", "/s", "5/s", "5MB/w", "5MB/ms", "5Mb/s", "5Mibit/s", "5MB/s/s", "0.001kbit/s"}) {
        INFO(text);
        CHECK_FALSE(parse_rate(text));
    }
}

TEST_CASE("a transfer is exact and rounded up to the next millisecond", "[bytes]") {
    CHECK(transfer_time(*parse_size("500GB"), rate("100MB/s")) == Time{5000s});
    CHECK(transfer_time({1}, rate("1B/s")) == Time{1s});
    CHECK(transfer_time({1}, rate("1GB/s")) == Time{1});
    CHECK(transfer_time({1'000'001}, rate("1MB/s")) == Time{1001});
    CHECK(transfer_time({0}, rate("1B/d")) == Time::zero());
}

TEST_CASE("what never ends is never", "[bytes]") {
    CHECK(transfer_time({1}, {0, Time{1s}}) == never);
    CHECK(transfer_time({0}, {0, Time{1s}}) == Time::zero());
    CHECK(transfer_time({most}, rate("1B/d")) == never);
    CHECK(transfer_time({most}, {most, Time{1s}}) == Time{1s});
}

TEST_CASE("a volume is exact and rounded up to the next byte", "[bytes]") {
    CHECK(volume(rate("2GB/h"), Time{24h}).bytes == 48'000'000'000);
    CHECK(volume(rate("1B/s"), Time{1}).bytes == 1);
    CHECK(volume(rate("1B/s"), Time::zero()).bytes == 0);
    CHECK(volume({0, Time{1s}}, Time{1h}).bytes == 0);
    CHECK(volume({most, Time{1s}}, longest_duration).bytes == most);
}

TEST_CASE("the slower of two rates is found without rounding", "[bytes]") {
    CHECK(slower(rate("1MB/s"), rate("3599MB/h")).bytes == 3'599'000'000);
    CHECK(slower(rate("1MB/s"), rate("3601MB/h")).bytes == 1'000'000);
    CHECK(slower({most, Time{1s}}, {most - 1, Time{1s}}).bytes == most - 1);
    CHECK(slower(rate("1MB/s"), rate("60MB/m")).per == Time{1s});
}

TEST_CASE("sizes and rates are written as a plan would", "[bytes]") {
    CHECK(format_size({180'000'000'000}) == "180GB");
    CHECK(format_size({1'500'000'000}) == "1500MB");
    CHECK(format_size({1024}) == "1024B");
    CHECK(format_size({0}) == "0B");
    CHECK(format_size({most}) == "9223372036854775807B");
    CHECK(format_rate(rate("200MB/s")) == "200MB/s");
    CHECK(format_rate(rate("100Mbit/s")) == "12500kB/s");
    CHECK(format_rate(rate("2GB/h")) == "2GB/h");
}

TEST_CASE("what is written is read again as the same size", "[bytes]") {
    for (const std::int64_t bytes : {std::int64_t{1}, std::int64_t{999}, std::int64_t{1'000}, std::int64_t{123'456'000}, most / 10})
        CHECK(parse_size(format_size({bytes}))->bytes == bytes);
}

}  // namespace
}  // namespace muster::support
