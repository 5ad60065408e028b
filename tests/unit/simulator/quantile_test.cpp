#include "simulator/quantile.h"

#include <catch2/catch.hpp>

#include "simulator/draws.h"

namespace muster::simulator {
namespace {

using model::Duration;
using namespace std::chrono_literals;
using Shape = Duration::Shape;

constexpr double least = 0x1p-53;
constexpr double greatest = 1 - 0x1p-53;

struct Moments {
    double mean = 0;
    double variance = 0;
};

Moments sampled(const Duration& duration) {
    constexpr int count = 200'000;
    double sum = 0, squares = 0;
    for (int trial = 0; trial < count; ++trial) {
        const auto x = static_cast<double>(quantile(duration, Draws(11, static_cast<std::uint64_t>(trial)).uniform(1, 0, 0)).count());
        sum += x;
        squares += x * x;
    }
    return {sum / count, squares / count - sum / count * sum / count};
}

}  // namespace

TEST_CASE("an exact duration is always the same") {
    for (const double u : {least, 0.3, greatest}) CHECK(quantile(Duration::exactly(5min), u) == 5min);
}

TEST_CASE("a range is uniform over its whole milliseconds") {
    const Duration die{Shape::uniform, 1ms, 1ms, 6ms};
    CHECK(quantile(die, least) == 1ms);
    CHECK(quantile(die, 1.0 / 6 - 1e-9) == 1ms);
    CHECK(quantile(die, 1.0 / 6 + 1e-9) == 2ms);
    CHECK(quantile(die, 5.0 / 6 + 1e-9) == 6ms);
    CHECK(quantile(die, greatest) == 6ms);
    const Moments range = sampled({Shape::uniform, 2min, 2min, 8min});
    CHECK(range.mean == Approx(300'000).epsilon(0.002));
    CHECK(range.variance == Approx(360'000.0 * 360'000.0 / 12).epsilon(0.01));
}

// Expected: the mean (a + 4m + b) / 6 and the variance (mean − a)(b − mean) / 7 of model.md.
TEST_CASE("three durations are a PERT distribution") {
    const Moments skewed = sampled({Shape::pert, 2min, 4min, 15min});
    const double mean = (2.0 + 4 * 4.0 + 15.0) / 6;
    CHECK(skewed.mean / 60'000 == Approx(mean).epsilon(0.002));
    CHECK(skewed.variance / 60'000 / 60'000 == Approx((mean - 2) * (15 - mean) / 7).epsilon(0.01));
    CHECK(quantile({Shape::pert, 0min, 5min, 10min}, 0.5) == 5min);
    for (const Time mode : {Time{2min}, Time{15min}}) {
        CHECK(quantile({Shape::pert, 2min, mode, 15min}, least) >= 2min);
        CHECK(quantile({Shape::pert, 2min, mode, 15min}, greatest) <= 15min);
    }
}

// With m = a the shapes are 1 and 5, whose distribution has the closed form 1 − (1 − x)^5.
TEST_CASE("a PERT distribution at its edge has its closed form") {
    const Duration edge{Shape::pert, 0ms, 0ms, 1'000'000ms};
    for (const double u : {0.1, 0.5, 0.95}) {
        const auto expected = static_cast<double>(quantile(edge, u).count());
        CHECK(expected == Approx(1e6 * (1 - std::pow(1 - u, 0.2))).margin(1));
    }
}

TEST_CASE("a range without width is that value") {
    for (const Shape shape : {Shape::uniform, Shape::pert, Shape::lognormal}) {
        CHECK(quantile({shape, 3min, 3min, 3min}, least) == 3min);
        CHECK(quantile({shape, 3min, 3min, 3min}, greatest) == 3min);
    }
}

TEST_CASE("a lognormal distribution has the median and the 95th percentile that were given") {
    const Duration duration{Shape::lognormal, 5min, 5min, 20min};
    CHECK(quantile(duration, 0.5) == 5min);
    CHECK(quantile(duration, 0.95) == 20min);
    CHECK(quantile(duration, 0.05) == 75s);
    const double sigma = std::log(4.0) / 1.6448536269514722;
    CHECK(sampled(duration).mean == Approx(300'000 * std::exp(sigma * sigma / 2)).epsilon(0.01));
    CHECK(quantile({Shape::lognormal, 0ms, 0ms, 20min}, 0.99) == 0ms);
}

TEST_CASE("an exponential distribution has its mean, and its 95th percentile is the planning value") {
    const Duration duration{Shape::exponential, 5min, 5min, 5min};
    const Moments moments = sampled(duration);
    CHECK(moments.mean == Approx(300'000).epsilon(0.01));
    CHECK(moments.variance == Approx(300'000.0 * 300'000.0).epsilon(0.02));
    CHECK(duration.planning() - quantile(duration, 0.95) <= 1ms);
    CHECK(quantile(duration, least) == 0ms);
}

TEST_CASE("what was measured is drawn as it was observed, each alike") {
    const Duration duration{Shape::measured, 1min, 2min, 9min, {}};
    const std::vector<Time> observed{1min, 2min, 2min, 9min};
    CHECK(quantile(duration, least, observed) == 1min);
    CHECK(quantile(duration, 0.25 - 1e-9, observed) == 1min);
    CHECK(quantile(duration, 0.25 + 1e-9, observed) == 2min);
    CHECK(quantile(duration, 0.75 - 1e-9, observed) == 2min);
    CHECK(quantile(duration, 0.75 + 1e-9, observed) == 9min);
    CHECK(quantile(duration, greatest, observed) == 9min);
}

TEST_CASE("lengths without an upper end stop at the longest duration") {
    CHECK(quantile({Shape::lognormal, 1ms, 1ms, support::longest_duration}, greatest) == support::longest_duration);
    CHECK(quantile({Shape::exponential, support::longest_duration, 0ms, 0ms}, greatest) == support::longest_duration);
}

TEST_CASE("a greater draw never makes a shorter time") {
    for (const Shape shape : {Shape::uniform, Shape::pert, Shape::lognormal, Shape::exponential}) {
        const Duration duration{shape, 2min, 4min, 15min};
        Time last{0};
        for (int i = 1; i < 1000; ++i) {
            const Time time = quantile(duration, i / 1000.0);
            REQUIRE(time >= last);
            last = time;
        }
    }
}

}  // namespace muster::simulator
