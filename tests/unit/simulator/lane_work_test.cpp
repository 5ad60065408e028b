#include "simulator/lane_work.h"

#include <catch2/catch.hpp>

#include "simulator/distribution.h"

namespace muster::simulator {
namespace {

using model::Duration;
using support::never;

// Of every magnitude, with the ends.
Row times(std::uint64_t seed) {
    Row row;
    for (std::size_t lane = 0; lane < lanes; ++lane)
        row[lane] = Time{static_cast<Time::rep>(Draws(seed, lane).word(1, 0, 0) >> (lane % 50))};
    row[3] = Time::zero();
    row[seed % 2 + 4] = never;
    row[6] = never - Time{1};
    return row;
}

}  // namespace

TEST_CASE("the widest instructions that the processor has come last, and any processor has some") {
    REQUIRE(!lane_works().empty());
    CHECK(lane_works().front().instructions == "baseline");
}

TEST_CASE("draws for many trials at once are those of each") {
    for (const LaneWork& work : lane_works())
        for (const std::uint64_t first :
             {std::uint64_t{0}, std::uint64_t{3} * lanes, std::uint64_t{1} << 40U, ~std::uint64_t{0} - lanes + 1}) {
            CAPTURE(work.instructions, first);
            Words words;
            work.draw(Draws::key(9, 0, 0, 0), 0xfedcba9876543210, first, words);
            for (std::size_t lane = 0; lane < lanes; ++lane) REQUIRE(words[lane] == Draws(9, first + lane).word(0xfedcba9876543210, 0, 0));
        }
}

TEST_CASE("lengths for many draws at once are those of each") {
    const Distribution pert(Duration{Duration::Shape::pert, Time{30'000}, Time{60'000}, Time{300'000}, {}});
    const Distribution exponential(Duration{Duration::Shape::exponential, Time{7'200'000}, Time{0}, Time{7'200'000}, {}});
    for (const LaneWork& work : lane_works())
        for (const Distribution* distribution : {&pert, &exponential})
            for (std::uint64_t seed = 0; seed < 200; ++seed) {
                CAPTURE(work.instructions, seed);
                Words words;
                work.draw(seed, 7, 0, words);
                words[0] = 1;
                words[1] = (std::uint64_t{1} << 52U) - 1;
                words[2] = (std::uint64_t{1} << 52U) + 1;
                words[3] = (std::uint64_t{1} << 53U) - 1;
                words[4] >>= seed % 50;
                words[4] |= 1U;
                Row row;
                work.look_up(*distribution->table(), words, row);
                for (std::size_t lane = 0; lane < lanes; ++lane) REQUIRE(row[lane] == distribution->at(words[lane]));
            }
}

TEST_CASE("times are raised and added as one by one, never included") {
    for (const LaneWork& work : lane_works()) {
        CAPTURE(work.instructions);
        const Row a = times(1), b = times(2);
        Row raised = a, sum = a;
        work.raise(raised, b);
        work.add(sum, b);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            CHECK(raised[lane] == std::max(a[lane], b[lane]));
            CHECK(sum[lane] == support::later(a[lane], b[lane]));
        }
    }
}

}  // namespace muster::simulator
