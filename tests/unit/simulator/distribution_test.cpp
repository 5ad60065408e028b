#include "simulator/distribution.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "simulator/draws.h"
#include "simulator/quantile.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;
using model::Duration;
using Shape = Duration::Shape;

Duration duration(Shape shape, Time low, Time mode, Time high) { return {shape, low, mode, high, {}}; }

Word word_of(double u) { return static_cast<Word>(u * 0x1p53) | 1U; }

const std::vector<Duration> curved{duration(Shape::pert, 2min, 4min, 15min),    duration(Shape::pert, 0min, 0min, 10min),
                                   duration(Shape::pert, 1h, 3h, 3h),           duration(Shape::lognormal, 5min, 0min, 20min),
                                   duration(Shape::lognormal, 1h, 0min, 61min), duration(Shape::exponential, 2h, 2h, 2h)};

}  // namespace

// The line between two knots bends away from the curve by less than a thousandth of what the curve moves in an octave.
TEST_CASE("the table says what the quantile function says") {
    for (const Duration& d : curved) {
        CAPTURE(model::written(d));
        const Distribution table(d);
        for (double u = 0x1p-31; u < 0.5; u *= 1.013)
            for (const double at : {u, 1 - u}) {
                const auto exact = static_cast<double>(quantile(d, at).count()), said = static_cast<double>(table.at(word_of(at)).count());
                const auto lower = static_cast<double>(quantile(d, at < 0.5 ? at / 2 : 1 - 2 * u).count());
                CAPTURE(at);
                CHECK(said == Approx(exact).margin(std::abs(exact - lower) / 1000 + 1));
            }
    }
}

TEST_CASE("a greater draw never makes a shorter length") {
    for (const Duration& d : curved) {
        const Distribution table(d);
        Time before{0};
        for (int i = 1; i < 20'000; ++i) {
            const Time at = table.at(word_of(i / 20'000.0));
            CHECK(at >= before);
            before = at;
        }
        CHECK(table.at(1) <= table.at(word_of(0.0001)));
        CHECK(table.at((Word{1} << 53U) - 1) >= before);
    }
}

TEST_CASE("the ends of a range are never passed") {
    for (const Duration& d : curved) {
        if (d.shape != Shape::pert) continue;
        CHECK(Distribution(d).at(1) >= d.low);
        CHECK(Distribution(d).at((Word{1} << 53U) - 1) <= d.high);
    }
}

TEST_CASE("what has no curve is exact") {
    const Distribution exact(Duration::exactly(7min));
    CHECK(exact.is_constant());
    CHECK(exact.at(12345) == 7min);
    const Distribution uniform(duration(Shape::uniform, 10ms, 0ms, 13ms));
    CHECK(uniform.at(1) == 10ms);
    CHECK(uniform.at(word_of(0.25)) == 11ms);
    CHECK(uniform.at((Word{1} << 53U) - 1) == 13ms);
    const Distribution measured(duration(Shape::measured, 0ms, 0ms, 0ms), {1ms, 5ms, 9ms});
    CHECK(measured.at(1) == 1ms);
    CHECK(measured.at(word_of(0.5)) == 5ms);
    CHECK(measured.at((Word{1} << 53U) - 1) == 9ms);
    for (const Shape shape : {Shape::pert, Shape::uniform, Shape::lognormal})
        CHECK(Distribution(duration(shape, 3s, 3s, 3s)).is_constant());
    CHECK(Distribution(duration(Shape::exponential, 0s, 0s, 0s)).at(99) == 0s);
}

// Mean and variance are what the language promises: of a PERT (a + 4 m + b) / 6 and (μ − a)(b − μ) / 7.
TEST_CASE("samples have the mean and the variance of their distribution") {
    const auto moments = [](const Duration& d) {
        const Distribution table(d);
        double sum = 0, squares = 0;
        constexpr std::uint64_t count = 400'000;
        for (std::uint64_t trial = 0; trial < count; ++trial) {
            const auto x = static_cast<double>(table.at(Draws(3, trial).word(1, 0, 0)).count());
            sum += x;
            squares += x * x;
        }
        return std::pair(sum / count, squares / count - sum / count * (sum / count));
    };
    const auto [mean, variance] = moments(curved[0]);
    const double mu = (2.0 + 16 + 15) / 6 * 60'000;
    CHECK(mean == Approx(mu).epsilon(0.002));
    CHECK(variance == Approx((mu - 120'000) * (900'000 - mu) / 7).epsilon(0.01));
    const auto [exponential, spread] = moments(curved.back());
    CHECK(exponential == Approx(7.2e6).epsilon(0.006));
    CHECK(spread == Approx(7.2e6 * 7.2e6).epsilon(0.02));
}

}  // namespace muster::simulator
