#include "simulator/draws.h"

#include <catch2/catch.hpp>
#include <set>

namespace muster::simulator {

// The first three are known answers of Random123's own tests; the last is what the C++ standard demands of the ten thousandth
// number of a default-constructed std::philox4x32, [rand.predef].
TEST_CASE("Philox gives the known answers") {
    using Block = std::array<std::uint32_t, 4>;
    constexpr std::uint32_t ones = ~std::uint32_t{0};
    CHECK(philox({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(philox({ones, ones, ones, ones}, {ones, ones}) == Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
          Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
    CHECK(philox({2499, 0, 0, 0}, {20111115, 0})[3] == 1955073260U);
}

TEST_CASE("an entity is the start of the SHA-256 of its key") { CHECK(entity("abc") == 0xba7816bf8f01cfea); }

TEST_CASE("a draw is the top of half a block, of which the other half is for a trial sixteen later") {
    const std::uint64_t key = Draws::key(5, 0, 0, 0);
    const auto block = philox({3, 0, 0x89abcdef, 0x01234567}, {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32U)});
    for (const std::uint64_t half : {0U, 1U}) {
        const std::uint64_t bits = std::uint64_t{block[2 * half + 1]} << 32U | block[2 * half];
        const Draws draws(5, 3 + 16 * half);
        CHECK(draws.word(0x0123456789abcdef, 0, 0) == (bits >> 11U | 1U));
        CHECK(draws.uniform(0x0123456789abcdef, 0, 0) * 0x1p53 == static_cast<double>(bits >> 11U | 1U));
    }
}

TEST_CASE("no two trials share half a block") {
    std::set<std::pair<std::uint64_t, std::uint64_t>> halves;
    for (std::uint64_t trial = 0; trial < 1'000; ++trial) CHECK(halves.emplace(block_of(trial), trial / trials_apart % 2).second);
}

// Seeds, streams, instances and numbers that differ in one bit share nothing that shows in the mean of their products.
TEST_CASE("neighbouring keys draw independently") {
    const auto correlation = [](const auto& one, const auto& other) {
        double sum = 0;
        constexpr int count = 50'000;
        for (std::uint64_t trial = 0; trial < count; ++trial) sum += (one(trial) - 0.5) * (other(trial) - 0.5);
        return 12 * sum / count;
    };
    const auto base = [](std::uint64_t trial) { return Draws(1, trial, 0).uniform(7, 0, 0); };
    CHECK(correlation(base, [](std::uint64_t trial) { return Draws(0, trial, 0).uniform(7, 0, 0); }) == Approx(0).margin(0.02));
    CHECK(correlation(base, [](std::uint64_t trial) { return Draws(1, trial, 1).uniform(7, 0, 0); }) == Approx(0).margin(0.02));
    CHECK(correlation(base, [](std::uint64_t trial) { return Draws(1, trial, 0).uniform(7, 1, 0); }) == Approx(0).margin(0.02));
    CHECK(correlation(base, [](std::uint64_t trial) { return Draws(1, trial, 0).uniform(7, 0, 1); }) == Approx(0).margin(0.02));
    CHECK(correlation(base, [](std::uint64_t trial) { return Draws(1, trial, 0).uniform(6, 0, 0); }) == Approx(0).margin(0.02));
    CHECK(correlation(base, [](std::uint64_t trial) { return Draws(1, trial + 16, 0).uniform(7, 0, 0); }) == Approx(0).margin(0.02));
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
