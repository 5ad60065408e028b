#include "compiler/support/parallel.h"

#include <catch2/catch.hpp>

namespace muster::support {
namespace {

TEST_CASE("every part is done once") {
    std::vector<int> done(1000);
    in_parallel(done.size(), [&](std::size_t part) { ++done[part]; });
    CHECK(done == std::vector<int>(1000, 1));
    in_parallel(0, [](std::size_t) { throw std::runtime_error("there is no part"); });
}

TEST_CASE("of several exceptions the one of the first part is passed on, after all parts have been tried") {
    std::vector<int> done(100);
    const auto work = [&](std::size_t part) {
        ++done[part];
        if (part % 10 == 3) throw std::runtime_error(std::to_string(part));
    };
    CHECK_THROWS_WITH(in_parallel(done.size(), work), "3");
    CHECK(done == std::vector<int>(100, 1));
}

}  // namespace
}  // namespace muster::support
