// Steps that fail for good and turn to something else.
#include "tests/unit/compiler/analysis/estimated.h"

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;

TEST_CASE("otherwise: what a step would turn to is no way to be done before it has failed") {
    // `b` is followed anyway, and is complete long before `s`.
    const Estimated it(R"(
        service x
        service y
        procedure a { recovers x; step s { takes 3h; fails 5%; otherwise b; manual "x" } }
        procedure b { recovers y; step t { takes 10m; manual "x" } }
        scenario both { fails x, y; detected after 0s }
    )");
    CHECK(it.rta("x") == 3h);
    CHECK(it.rta("y") == 10min);
}

TEST_CASE("otherwise: a step that fails after what it turns to is complete is done when it fails") {
    const Estimated it(R"(
        service x
        service y
        procedure a { recovers x; step s { takes 2h; timeout 30m; otherwise c; manual "x" } }
        procedure b { recovers y; step t { takes 3h; timeout 1h; otherwise c; manual "x" } }
        procedure c { step u { takes 10m; manual "x" } }
        scenario both { fails x, y; detected after 0s; recover x with a; recover y with b }
    )");
    CHECK(it.rta("x") == 40min);
    CHECK(it.rta("y") == 1h);
}

TEST_CASE("otherwise: a step without a copy turns to it as soon as it is its turn") {
    const Estimated it(R"(
        service x
        data d { in x }
        store v { s3 "v" }
        backup daily of d { every day; takes 1m; upload 1m; to v }
        procedure a { recovers x; step look { takes 5m; manual "x" }; step s { takes 1h; otherwise b; restore d from daily } }
        procedure b { step t { takes 10m; manual "x" } }
        scenario gone { destroys x; destroys store v; detected after 0s; recover x with a }
    )");
    CHECK(it.rta("x") == 15min);
}

}  // namespace
}  // namespace muster::analysis
