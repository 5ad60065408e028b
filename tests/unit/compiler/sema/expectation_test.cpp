// What a plan expects of itself arrives in the model.
#include <catch2/catch.hpp>

#include "compiler/model/plan.h"
#include "tests/unit/compiler/sema/compiled.h"

namespace muster::sema {
namespace {

using model::Expectation;
using testing::in_plan;
using Codes = std::vector<std::string>;

const std::string base =
    "service shop\nservice db\ndata orders\nprocedure fail-over { step promote { takes 1m } }\nscenario fire { fails shop }\n";

Expectation expected(const std::string& text) {
    const auto made = in_plan(base + "expect " + text);
    INFO(text);
    CHECK(made.codes() == Codes{});
    REQUIRE(made.plan.expectations.size() == 1);
    CHECK(made.plan.expectations[{0}].heading.name == text);
    return made.plan.expectations[{0}];
}

TEST_CASE("times are compared", "[expect]") {
    const auto rta = expected("p95 rta of shop in fire <= 30m");
    CHECK(rta.measure == Expectation::Measure::rta);
    CHECK(rta.statistic == Expectation::Statistic::p95);
    CHECK(rta.services.front().value.value == 0);
    CHECK(rta.scenarios.size() == 1);
    CHECK(rta.comparison == Expectation::Comparison::at_most);
    CHECK(rta.time->value == std::chrono::minutes{30});
    CHECK(expected("mean rpa of orders in fire < 5m").data.has_value());
    CHECK(expected("max duration of fail-over/promote in fire >= 1s").step->value.value == 0);
    CHECK(expected("p50 rta of shop in fire > 1s").comparison == Expectation::Comparison::more);
}

TEST_CASE("shares are compared", "[expect]") {
    const auto chance = expected("chance of rto of shop in fire >= 99.5%");
    CHECK(chance.measure == Expectation::Measure::chance_of_rto);
    CHECK_FALSE(chance.statistic);
    CHECK(chance.percent->value.millionths == 995'000);
    CHECK(expected("chance of rpo of orders in fire > 90%").measure == Expectation::Measure::chance_of_rpo);
    const auto availability = expected("availability of shop >= 99.9%");
    CHECK(availability.measure == Expectation::Measure::availability);
    CHECK(availability.scenarios.empty());
}

TEST_CASE("an order has its services in order", "[expect]") {
    const auto order = expected("order of db, shop in fire");
    REQUIRE(order.services.size() == 2);
    CHECK(order.services.front().value.value == 1);
    CHECK(in_plan(base + "expect order of db in fire").codes() == Codes{"M2010"});
}

TEST_CASE("names in an expectation are looked up", "[expect]") {
    CHECK(in_plan(base + "expect p95 rta of shpo in fire <= 30m").only_message() ==
          "there is no service called `shpo` = did you mean `shop`?");
    CHECK(in_plan(base + "expect p95 rta of shop in fier <= 30m").only_message() ==
          "there is no scenario called `fier` = did you mean `fire`?");
    CHECK(in_plan(base + "expect p95 rpa of shop in fire <= 30m").codes() == Codes{"M2001"});
    CHECK(in_plan(base + "expect max duration of fail-over/demote in fire <= 1m").codes() == Codes{"M2001"});
    CHECK(in_plan(base + "expect availability of shop >= 101%").codes() == Codes{"M2004"});
    CHECK(in_plan(base + "expect p95 rta of shop in fire <= 99%").codes() == Codes{"M1001"});
}

TEST_CASE("an expectation may say why, and there may be any number of them", "[expect]") {
    const auto made =
        in_plan(base + "expect availability of shop >= 99% { note \"so the contract says\" }\nexpect availability of shop >= 99%");
    CHECK(made.codes() == Codes{});
    CHECK(made.plan.expectations.size() == 2);
    CHECK(made.plan.expectations[{0}].heading.notes.size() == 1);
}

}  // namespace
}  // namespace muster::sema
