#include "simulator/shard_json.h"

#include <catch2/catch.hpp>

#include "simulator/report_json.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

Options options(std::uint64_t trials) { return {5, trials, 2, testing::new_year}; }

std::string document(const model::Plan& plan, const Result& result) {
    return render_json(plan, result, {"1", plan.heading.name, plan.heading.title, plan.hash});
}

Shard shard_of(const model::Plan& plan, std::uint64_t trials, Part part) {
    return {{"1", "shop", "", plan.hash}, testing::new_year, 5, trials, part, simulate_part(plan, options(trials), part)};
}

// Through the text, as if each had been made somewhere else.
std::vector<std::vector<Counts>> parts_of(const model::Plan& plan, std::uint64_t trials, std::uint64_t of) {
    std::vector<std::vector<Counts>> parts;
    for (std::uint64_t number = of; number >= 1; --number) {
        const auto read = parse_shard(render_shard(shard_of(plan, trials, {number, of})));
        REQUIRE(read);
        CHECK(read->part.number == number);
        CHECK(read->trials == trials);
        parts.push_back(read->counts);
    }
    return parts;
}

}  // namespace

TEST_CASE("parts that are joined are one run, to the bit") {
    std::string text(testing::shop);
    text += "expect p95 rta of web in region-outage <= 1h\nexpect order of db, web in region-outage\n";
    const auto plan = testing::plan_of(text);
    const std::string whole = document(plan, simulate(plan, options(1'001)));
    for (const std::uint64_t of : {1U, 2U, 7U, 64U}) {
        CAPTURE(of);
        const auto joined_result = joined(plan, options(1'001), parts_of(plan, 1'001, of));
        REQUIRE(joined_result);
        CHECK(document(plan, *joined_result) == whole);
    }
    // More parts than trials: some are empty.
    const auto few = joined(plan, options(3), parts_of(plan, 3, 5));
    REQUIRE(few);
    CHECK(document(plan, *few) == document(plan, simulate(plan, options(3))));
}

TEST_CASE("a shard that is written and read is the same") {
    const auto plan = testing::plan_of(testing::shop);
    const Shard shard = shard_of(plan, 200, {2, 3});
    const auto read = parse_shard(render_shard(shard));
    REQUIRE(read);
    CHECK(read->counts == shard.counts);
    CHECK(read->as_of == shard.as_of);
    CHECK(read->seed == 5);
    CHECK(read->of.plan_hash == plan.hash);
    CHECK(render_shard(*read) == render_shard(shard));
}

TEST_CASE("a shard that was cut off or changed is refused") {
    const auto plan = testing::plan_of(testing::shop);
    const std::string text = render_shard(shard_of(plan, 50, {1, 2}));
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, text.size() / 2, text.size() - 3})
        CHECK_FALSE(parse_shard(text.substr(0, length)));
    CHECK(parse_shard(text.substr(0, text.size() / 2)).error().message == "it is cut off, or was never a shard");
    std::string other = text;
    other.replace(other.find("\"seed\":5"), 8, "\"seed\":6");
    CHECK(parse_shard(other).error().message.find("changed") != std::string::npos);
    CHECK(parse_shard("{}").error().message.find("no shard") != std::string::npos);
    CHECK(parse_shard("{\"kind\":\"muster shard\",\"format\":2}").error().message.find("format") != std::string::npos);
    CHECK_FALSE(parse_shard("[1,2]"));
    CHECK_FALSE(parse_shard("{\"kind\":\"muster shard\",\"format\":1,\"sha256\":7}"));
}

TEST_CASE("parts of another plan do not fit") {
    const auto plan = testing::plan_of(testing::shop);
    const auto other = testing::plan_of("plan p\nservice a\nscenario s { fails a; detected after 0s }\n");
    CHECK_FALSE(joined(other, options(50), parts_of(plan, 50, 2)));
}

TEST_CASE("an interrupted simulation tells the last complete round") {
    const auto plan = testing::plan_of(testing::shop);
    std::atomic<bool> stop{false};
    Options some = options(10'000);
    some.stop = &stop;
    const Result result = simulate(plan, some, [&](std::uint64_t done, std::uint64_t) { stop = done > 3 * 2'500; });
    CHECK(result.trials == 2'048);
    CHECK(result.asked == 10'000);
    CHECK(document(plan, result) == document(plan, simulate(plan, options(2'048))));
    stop = true;
    CHECK(simulate(plan, some).trials == 0);
}

TEST_CASE("what is no histogram is not taken for one") {
    Histogram histogram;
    for (const int value : {3, 3, 5000, 70'000'000}) histogram.add(Time{value});
    histogram.add(support::never);
    const Histogram::Parts good = histogram.parts();
    REQUIRE(Histogram::of(good));
    CHECK(*Histogram::of(good) == histogram);
    CHECK(*Histogram::of(Histogram{}.parts()) == Histogram{});
    const auto broken = [&](auto change) {
        Histogram::Parts parts = good;
        change(parts);
        return !Histogram::of(parts);
    };
    CHECK(broken([](auto& p) { std::swap(p.buckets[0], p.buckets[1]); }));
    CHECK(broken([](auto& p) { p.buckets[0].second = 0; }));
    CHECK(broken([](auto& p) { p.buckets.back().first = std::uint64_t{1} << 40; }));
    CHECK(broken([](auto& p) { p.least = Time{4}; }));
    CHECK(broken([](auto& p) { p.greatest = Time{1}; }));
    CHECK(broken([](auto& p) { p.sum = -1; }));
    CHECK(broken([](auto& p) { p.buckets.clear(); }));
    CHECK(broken([](auto& p) { p.buckets[0].second = ~std::uint64_t{0}; }));
}

}  // namespace muster::simulator
