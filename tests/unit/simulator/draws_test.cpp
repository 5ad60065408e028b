#include "simulator/draws.h"

#include <catch2/catch.hpp>

namespace muster::simulator {

// The first two are known answers of Random123's own tests; the third is what the C++ standard demands of the ten thousandth
// number of a default-constructed std::philox4x64, [rand.predef].
TEST_CASE("Philox gives the known answers") {
    constexpr std::uint64_t ones = ~std::uint64_t{0};
    CHECK(philox({0, 0, 0, 0}, {0, 0}) ==
          std::array<std::uint64_t, 4>{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b});
    CHECK(philox({ones, ones, ones, ones}, {ones, ones}) ==
          std::array<std::uint64_t, 4>{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0});
    CHECK(philox({2499, 0, 0, 0}, {20111115, 0})[3] == 3409172418970261260U);
}

TEST_CASE("an entity is the start of the SHA-256 of its key") { CHECK(entity("abc") == 0xba7816bf8f01cfea); }

TEST_CASE("a draw is the top of a word of a block, of which each of four trials in a row has one") {
    const std::array<std::uint64_t, 4> block{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b};
    for (std::uint64_t trial = 0; trial < 4; ++trial) {
        CHECK(Draws(0, trial).word(0, 0, 0) == ((block[trial] >> 11) | 1));
        CHECK(Draws(0, trial).uniform(0, 0, 0) * 0x1p53 == static_cast<double>((block[trial] >> 11) | 1));
    }
}

TEST_CASE("what happens several times in a trial has a stream of its own") {
    CHECK(Draws(1, 2, 0).word(3, 4, 5) == Draws(1, 2).word(3, 4, 5));
    CHECK(Draws(1, 2, 1).word(3, 4, 5) != Draws(1, 2).word(3, 4, 5));
}

TEST_CASE("every part of its key changes a draw, and nothing else does") {
    const double u = Draws(1, 2).uniform(3, 4, 5);
    CHECK(Draws(9, 2).uniform(3, 4, 5) != u);
    CHECK(Draws(1, 9).uniform(3, 4, 5) != u);
    CHECK(Draws(1, 2).uniform(9, 4, 5) != u);
    CHECK(Draws(1, 2).uniform(3, 9, 5) != u);
    CHECK(Draws(1, 2).uniform(3, 4, 9) != u);
    CHECK(Draws(1, 2).uniform(3, 4, 5) == u);
}

TEST_CASE("draws are uniform in (0, 1)") {
    constexpr int count = 100'000;
    double sum = 0, squares = 0;
    for (int trial = 0; trial < count; ++trial) {
        const double u = Draws(7, static_cast<std::uint64_t>(trial)).uniform(entity("step a.b"), 0, 0);
        REQUIRE(u > 0);
        REQUIRE(u < 1);
        sum += u;
        squares += u * u;
    }
    CHECK(sum / count == Approx(1.0 / 2).margin(0.004));
    CHECK(squares / count == Approx(1.0 / 3).margin(0.004));
}

}  // namespace muster::simulator
