#include "simulator/proportion.h"

#include <catch2/catch.hpp>

namespace muster::simulator {

// The intervals are those of Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17
// (1998), table I, method 3.
TEST_CASE("the interval is Wilson's") {
    const auto check = [](std::uint64_t hits, std::uint64_t trials, double low, double high) {
        const Proportion share = proportion(hits, trials);
        CHECK(share.probability == Approx(static_cast<double>(hits) / static_cast<double>(trials)));
        CHECK(share.low == Approx(low).margin(0.00005));
        CHECK(share.high == Approx(high).margin(0.00005));
    };
    check(81, 263, 0.2553, 0.3662);
    check(15, 148, 0.0624, 0.1605);
    check(0, 20, 0, 0.1611);
    check(1, 29, 0.0061, 0.1718);
    check(20, 20, 1 - 0.1611, 1);
}

TEST_CASE("the interval ends at 0 and 1 exactly") {
    CHECK(proportion(0, 12'345).low == 0);
    CHECK(proportion(12'345, 12'345).high == 1);
    CHECK(proportion(0, 0).low == 0);
    CHECK(proportion(0, 0).high == 1);
}

}  // namespace muster::simulator
