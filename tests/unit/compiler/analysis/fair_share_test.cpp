#include "compiler/analysis/fair_share.h"

#include <catch2/catch.hpp>

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;

const Rate per_second{1000, 1s};

TEST_CASE("a flow alone takes bytes over the rate, rounded up") {
    FairShare share({{3, 1ms}});
    CHECK(share.next_end() == support::never);
    share.start(7, {10}, {0}, 5ms);
    CHECK(share.next_end() == 9ms);  // 5 + ceil(10 / 3)
    CHECK(share.advance(8ms).empty());
    CHECK(share.advance(9ms) == std::vector<std::uint32_t>{7});
    CHECK(share.next_end() == support::never);
}

TEST_CASE("what starts later slows down what is under way, and gives back what it had") {
    FairShare share({per_second});
    share.start(1, {3000}, {0}, 0ms);
    share.start(2, {500}, {0}, 1s);  // 2000 of 1 are left; each at 500 a second
    CHECK(share.next_end() == 2s);
    CHECK(share.advance(2s) == std::vector<std::uint32_t>{2});
    CHECK(share.next_end() == 3500ms);
    CHECK(share.advance(3500ms) == std::vector<std::uint32_t>{1});
}

TEST_CASE("a flow behind a narrow channel leaves the rest to the others") {
    FairShare share({per_second, {200, 1s}});
    share.start(1, {800}, {0}, 0ms);
    share.start(2, {800}, {0}, 0ms);
    share.start(3, {200}, {1, 0}, 0ms);  // 200, and 400 for each of the others
    CHECK(share.next_end() == 1s);
    CHECK(share.advance(1s) == std::vector<std::uint32_t>{3});
    CHECK(share.next_end() == 1800ms);
    CHECK(share.advance(1800ms) == std::vector<std::uint32_t>{1, 2});
}

TEST_CASE("thirds are exact") {
    FairShare share({{1, 1ms}});
    for (std::uint32_t flow = 0; flow < 3; ++flow) share.start(flow, {1'000'000}, {0}, 0ms);
    CHECK(share.next_end() == 3'000'000ms);
    share.start(3, {1}, {0}, 1'000'000ms);
    CHECK(share.next_end() == 1'000'004ms);
    CHECK(share.advance(1'000'004ms) == std::vector<std::uint32_t>{3});
    CHECK(share.next_end() == 3'000'001ms);
}

TEST_CASE("nothing to move ends at once, and through a closed channel nothing ever ends") {
    FairShare share({{0, 1s}});
    share.start(1, {0}, {0}, 4ms);
    CHECK(share.next_end() == 4ms);
    CHECK(share.advance(4ms) == std::vector<std::uint32_t>{1});
    share.start(2, {1}, {0}, 4ms);
    CHECK(share.next_end() == support::never);
}

TEST_CASE("more than time can tell is never") {
    FairShare share({{1, std::chrono::hours{24 * 365 * 1000}}});
    share.start(1, {std::numeric_limits<std::int64_t>::max()}, {0}, 0ms);
    CHECK(share.next_end() == support::never);
}

// When each flow ends. Flow f passes one of the first three channels, its own, and, every third, the fourth channel, too.
std::vector<std::pair<std::uint32_t, Time>> ends(const std::vector<Rate>& capacities, const std::vector<bool>& shared) {
    constexpr std::uint32_t hubs = 4;
    FairShare share(capacities, shared);
    std::vector<std::pair<std::uint32_t, Time>> found;
    const auto flows = static_cast<std::uint32_t>(capacities.size()) - hubs;
    const auto take_out = [&](Time until) {
        for (Time next = share.next_end(); next <= until && next != support::never; next = share.next_end())
            for (const auto flow : share.advance(next)) found.emplace_back(flow, next);
    };
    for (std::uint32_t flow = 0; flow < flows; ++flow) {
        const Time now{flow / 7 * 401};
        take_out(now);
        std::vector<std::uint32_t> channels{hubs + flow, flow % 3};
        if (flow % 3 == 1) channels.push_back(3);
        share.start(flow, {1'000 + flow * 7'919 % 100'000}, channels, now);
    }
    take_out(support::never);
    return found;
}

TEST_CASE("it is the same whether it is known that nobody else passes a channel") {
    constexpr std::size_t flows = 60;
    std::vector<Rate> capacities{{907, 1s}, {1009, 1s}, {50, 1ms}, {700, 1s}};
    std::vector<bool> shared(capacities.size() + flows, true);
    for (std::size_t flow = 0; flow < flows; ++flow) {
        capacities.push_back({static_cast<std::int64_t>(10 + flow % 5 * 100), 1s});
        shared[capacities.size() - 1] = false;
    }
    const auto told = ends(capacities, shared);
    CHECK(told.size() == flows);
    CHECK(told == ends(capacities, std::vector<bool>(capacities.size(), true)));
}

TEST_CASE("a flow that nobody shares a channel with moves at the narrowest of its own") {
    FairShare share({{60, 1min}, per_second, {2, 1s}}, {false, false, false});
    share.start(0, {10}, {0, 1}, 0ms);
    share.start(1, {10}, {1, 2}, 0ms);
    CHECK(share.next_end() == 5s);
    CHECK(share.advance(5s) == std::vector<std::uint32_t>{1});
    CHECK(share.next_end() == 10s);
}

}  // namespace
}  // namespace muster::analysis
