#include "simulator/histogram.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "simulator/draws.h"
#include "simulator/quantile.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;
using support::never;

// Times of every magnitude up to about 500 years.
Time any_time(std::uint64_t i) {
    const double u = Draws(3, i).uniform(0, 0, 0);
    return Time{static_cast<std::int64_t>(std::pow(2.0, 44 * u))};
}

// The time of that rank among `times`, which are sorted.
Time exactly(const std::vector<Time>& times, unsigned percent) { return times[(times.size() * percent + 99) / 100 - 1]; }

}  // namespace

TEST_CASE("a percentile is not below the exact one and less than 0.1 % above") {
    Histogram histogram;
    std::vector<Time> times;
    for (std::uint64_t i = 0; i < 5000; ++i) {
        times.push_back(any_time(i));
        histogram.add(times.back());
    }
    std::sort(times.begin(), times.end());
    for (unsigned percent = 1; percent <= 100; ++percent) {
        const Time exact = exactly(times, percent);
        const Time found = histogram.percentile(percent);
        REQUIRE(found >= exact);
        REQUIRE((found - exact) * 1000 <= exact);
    }
    CHECK(histogram.least() == times.front());
    CHECK(histogram.greatest() == times.back());
}

TEST_CASE("the error bound holds at the edges of buckets") {
    for (int power = 1; power < 60; ++power)
        for (const std::int64_t beside : {-1, 0, 1}) {
            const Time time{(std::int64_t{1} << power) + beside};
            Histogram histogram;
            histogram.add(time);
            histogram.add(time * 4);
            REQUIRE(histogram.percentile(50) >= time);
            REQUIRE((histogram.percentile(50) - time) * 1000 <= time);
        }
}

TEST_CASE("times below two seconds are exact, and so is a single time") {
    Histogram histogram;
    for (int i = 0; i < 2048; ++i) histogram.add(Time{i});
    CHECK(histogram.percentile(50) == 1023ms);
    CHECK(histogram.percentile(99) == 2027ms);
    Histogram single;
    single.add(123'456'789ms, 10);
    CHECK(single.percentile(1) == 123'456'789ms);
    CHECK(single.mean() == 123'456'789ms);
}

TEST_CASE("never is later than any time, and has no part in the mean") {
    Histogram histogram;
    histogram.add(1000ms, 94);
    histogram.add(1003ms);
    histogram.add(never, 5);
    CHECK(histogram.count() == 100);
    CHECK(histogram.never() == 5);
    CHECK(histogram.percentile(95) == 1003ms);
    CHECK(histogram.percentile(96) == never);
    CHECK(histogram.greatest() == never);
    CHECK(histogram.mean() == 1000ms);
    Histogram nothing_else;
    nothing_else.add(never);
    CHECK_FALSE(nothing_else.mean());
    CHECK_FALSE(nothing_else.least());
    CHECK(nothing_else.percentile(1) == never);
}

TEST_CASE("sums beyond 64 bits stay exact") {
    Histogram histogram;
    histogram.add(support::longest_duration, 1'000'000'000);
    histogram.add(0ms, 1'000'000'000);
    CHECK(histogram.mean() == support::longest_duration / 2);
}

TEST_CASE("merged histograms are those of all times, in any order") {
    Histogram whole, even, odd;
    for (std::uint64_t i = 0; i < 3000; ++i) {
        const Time time = i % 10 == 0 ? never : any_time(i);
        whole.add(time);
        (i % 2 == 0 ? even : odd).add(time);
    }
    Histogram forwards = even, backwards = odd;
    forwards.merge(odd);
    backwards.merge(even);
    CHECK(forwards == whole);
    CHECK(backwards == whole);
    CHECK_FALSE(even == whole);
    forwards.merge(Histogram{});
    CHECK(forwards == whole);
}

TEST_CASE("unknown comes after every known time and before never, and has no part in the mean") {
    Histogram histogram;
    histogram.add(Time{10}, 90);
    histogram.add(unknown, 6);
    histogram.add(never, 4);
    CHECK(histogram.count() == 100);
    CHECK(histogram.unknowns() == 6);
    CHECK(histogram.never() == 4);
    CHECK(histogram.mean() == Time{10});
    CHECK(histogram.percentile(90) == Time{10});
    CHECK(histogram.percentile(91) == unknown);
    CHECK(histogram.percentile(96) == unknown);
    CHECK(histogram.percentile(97) == never);
    Histogram other;
    other.add(unknown);
    CHECK(other.greatest() == unknown);
    other.merge(histogram);
    CHECK(other.unknowns() == 7);
    CHECK(other.greatest() == never);
}

TEST_CASE("the interval of a percentile is that of its ranks") {
    Histogram histogram;
    for (int i = 1; i <= 1000; ++i) histogram.add(Time{i});
    // 500 -+ 1.96 sqrt(1000/4) = 469.01 and 530.99, one more above; 950 -+ 13.51.
    CHECK(histogram.interval_of(50) == Interval{Time{469}, Time{532}});
    CHECK(histogram.interval_of(95) == Interval{Time{936}, Time{965}});
    Histogram few;
    few.add(Time{1}, 50);
    CHECK(few.interval_of(50).has_value());
    CHECK_FALSE(few.interval_of(99).has_value());
}

// Of 1,000 samples of 200 uniform times each, the interval of the median holds the true one in about 95 of 100.
TEST_CASE("the interval of a percentile holds the true one as often as it says") {
    int holds = 0;
    for (std::uint64_t sample = 0; sample < 1000; ++sample) {
        Histogram histogram;
        for (std::uint64_t i = 0; i < 200; ++i) histogram.add(fraction(Time{1'000'000}, Draws(sample, i).uniform(1, 0, 0)));
        const auto interval = histogram.interval_of(50);
        REQUIRE(interval);
        holds += interval->low <= Time{500'000} && Time{500'000} <= interval->high ? 1 : 0;
    }
    CHECK(holds >= 930);
    CHECK(holds <= 985);
}

}  // namespace muster::simulator
