// Why something never happens, or is not known.
#include "tests/unit/compiler/analysis/estimated.h"

namespace muster::analysis {
namespace {

// What brings `x` back needs a tool that is in one of several services, `x` itself among them.
Estimated in_one_of(const std::string& services) {
    return Estimated(R"(
        service x
        service y
        service z
        tool console { in )" +
                     services + R"( }
        procedure bring-x { recovers x; step b { takes 1m; requires console; manual "x" } }
        procedure bring-y { recovers y; step a { manual "x" } }
        scenario all { fails x, y, z; detected after 0s }
    )");
}

const std::string unknown_step = "step `bring-y.a` does not say what it `takes`";

TEST_CASE("obstacle: of several ways that nobody knows, not the one that waits for itself is named") {
    const Estimated it = in_one_of("x, y");
    CHECK(it.service("x").verdict == Verdict::unknown);
    CHECK(it.service("x").obstacle == unknown_step);
}

TEST_CASE("obstacle: nor the one that never comes at all") {
    const Estimated it = in_one_of("z, x, y");
    CHECK(it.service("z").verdict == Verdict::never);
    CHECK(it.service("x").verdict == Verdict::unknown);
    CHECK(it.service("x").obstacle == unknown_step);
}

TEST_CASE("obstacle: what can only wait for itself never comes, and the circle is shown") {
    const Estimated it = in_one_of("x");
    CHECK(it.service("x").verdict == Verdict::never);
    CHECK(it.service("x").obstacle == "these wait for each other: `bring-x.b` -> `x` -> `bring-x.b`");
}

}  // namespace
}  // namespace muster::analysis
