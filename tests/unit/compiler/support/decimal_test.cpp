#include "compiler/support/decimal.h"

#include <catch2/catch.hpp>

#include <limits>

namespace muster::support {
namespace {

struct Taken {
    std::optional<Decimal> number;
    std::string rest;
};

Taken take(std::string_view text) {
    const auto number = take_decimal(text);
    return {number, std::string(text)};
}

TEST_CASE("a decimal is taken off the front and leaves the rest", "[decimal]") {
    const Taken taken = take("1.25GB");
    REQUIRE(taken.number);
    CHECK(taken.number->digits == 125);
    CHECK(taken.number->places == 2);
    CHECK(taken.rest == "GB");
}

TEST_CASE("where no decimal stands, nothing is taken", "[decimal]") {
    for (const char* text : {"", "GB", ".5", "-1", "+1", " 1"}) {
        const Taken taken = take(text);
        CHECK_FALSE(taken.number);
        CHECK(taken.rest == text);
    }
}

TEST_CASE("a point without digits behind it is not part of the number", "[decimal]") {
    const Taken taken = take("3.h");
    REQUIRE(taken.number);
    CHECK(taken.number->digits == 3);
    CHECK(taken.rest == ".h");
    CHECK(take("3.").rest == ".");
    CHECK(take("3..5").rest == "..5");
}

TEST_CASE("eighteen digits fit, nineteen do not", "[decimal]") {
    CHECK(take("999999999999999999").number->digits == 999'999'999'999'999'999);
    CHECK_FALSE(take("9999999999999999999").number);
    CHECK_FALSE(take("1.000000000000000000").number);
    CHECK(take("9999999999999999999").rest == "9999999999999999999");
}

TEST_CASE("a product is exact or nothing", "[decimal]") {
    CHECK(Decimal{125, 2}.times(1000) == 1250);
    CHECK(Decimal{5, 1}.times(2) == 1);
    CHECK_FALSE(Decimal{5, 1}.times(1));
    CHECK_FALSE(Decimal{1, 3}.times(100));
    CHECK(Decimal{0, 5}.times(1) == 0);
}

TEST_CASE("a product that does not fit is nothing", "[decimal]") {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    CHECK(Decimal{1, 0}.times(most) == most);
    CHECK_FALSE(Decimal{2, 0}.times(most));
    CHECK(Decimal{20, 1}.times(most / 2) == most - 1);
    CHECK_FALSE(Decimal{999'999'999'999'999'999, 0}.times(most));
}

}  // namespace
}  // namespace muster::support
