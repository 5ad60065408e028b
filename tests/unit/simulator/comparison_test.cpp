#include "simulator/comparison.h"

#include <catch2/catch.hpp>

#include "simulator/rehearsal.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;
using support::never;

Options options(std::uint64_t trials, unsigned threads = 2) { return {5, trials, threads, testing::new_year}; }

model::Plan shop_with(std::string_view from, std::string_view to) {
    std::string text(testing::shop);
    return testing::plan_of(text.replace(text.find(from), from.size(), to));
}

}  // namespace

TEST_CASE("a plan is no different from itself, in any trial") {
    const auto plan = testing::plan_of(testing::shop);
    const auto reversed = testing::plan_of(testing::reversed(testing::shop));
    for (const auto* other : {&plan, &reversed})
        for (const Shift& shift : compare(plan, *other, options(600))) {
            CAPTURE(shift.scenario, shift.name);
            CHECK(shift.before.count() == 600);
            CHECK_FALSE(shift.moved());
            CHECK(shift.met().value == 0);
        }
}

TEST_CASE("what a change does not touch does not move, and what it does moves as the trials say") {
    const auto plan = testing::plan_of(testing::shop), slower = shop_with("takes 2m..5m", "takes 3m..7m");
    const auto shifts = compare(plan, slower, options(800));
    const Rehearsal before(plan, {0}, analysis::Schedules(plan, testing::new_year));
    const Rehearsal after(slower, {0}, analysis::Schedules(slower, testing::new_year));
    const auto queue = testing::named(plan.services, "queue").value;
    __int128 sum = 0;
    for (std::uint64_t i = 0; i < 800; ++i) sum += (after.trial(Draws(5, i)).rta[queue] - before.trial(Draws(5, i)).rta[queue]).count();
    bool seen = false;
    for (const Shift& shift : shifts) {
        if (shift.scenario != plan.scenarios[{0}].heading.name) continue;
        if (shift.service && shift.name == "queue") {
            seen = true;
            CHECK(shift.differ == 800);
            CHECK(shift.sum == sum);
            CHECK(shift.time()->low < shift.time()->value);
            CHECK(shift.time()->value < shift.time()->high);
            CHECK(shift.time()->low > 0);
        }
        if (shift.name == "db" || !shift.service) CHECK_FALSE(shift.moved());
    }
    CHECK(seen);
}

TEST_CASE("threads do not change a comparison") {
    const auto plan = testing::plan_of(testing::shop), slower = shop_with("takes 2m..5m", "takes 3m..7m");
    const auto one = compare(plan, slower, options(700, 1)), many = compare(plan, slower, options(700, 5));
    REQUIRE(one.size() == many.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        CHECK(one[i].sum == many[i].sum);
        CHECK(one[i].squares == many[i].squares);
        CHECK(one[i].gained == many[i].gained);
        CHECK(one[i].lost == many[i].lost);
        CHECK(one[i].after == many[i].after);
    }
}

// 30 of 1,000 gained, 10 lost: 2 points, 1.96 sqrt(40 - 0.4) / 1000 to either side.
TEST_CASE("the interval of a difference is that of pairs") {
    Shift shift;
    shift.objective_before = shift.objective_after = Time{10};
    for (int i = 0; i < 1000; ++i) shift.add(Time{i < 30 ? 20 : 5}, Time{i >= 990 ? 20 : 5});
    CHECK(shift.gained == 30);
    CHECK(shift.lost == 10);
    CHECK(shift.met().value == Approx(0.02));
    CHECK(shift.met().low == Approx(0.02 - 0.012334).margin(1e-5));
    CHECK(shift.met().high == Approx(0.02 + 0.012334).margin(1e-5));
    CHECK(shift.time()->value == Approx(-0.3));
}

TEST_CASE("what never comes on one side has no length, and still moves") {
    Shift shift;
    shift.objective_before = shift.objective_after = Time{10};
    shift.add(never, Time{5});
    CHECK(shift.moved());
    CHECK(shift.gained == 1);
    CHECK_FALSE(shift.time());
    const std::string text = render_shifts({shift}, {"role dba: headcount 2"});
    CHECK(text.find("what if\n  role dba: headcount 2\n") == 0);
    CHECK(text.find("never") != std::string::npos);
    CHECK(render_shifts({}, {}).find("no trial is any different") != std::string::npos);
}

}  // namespace muster::simulator
