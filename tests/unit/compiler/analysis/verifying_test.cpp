// Restores that are verified afterwards.
#include "compiler/analysis/path.h"
#include "tests/unit/compiler/analysis/estimated.h"

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;

std::string restored_with(const std::string& step) {
    return R"(
        service db { rto 1h }
        data orders { in db; size 60GB }
        store vault { s3 "v"; rate 100MB/s }
        backup daily of orders { every day; takes 1m; upload 1m; to vault }
        procedure back { recovers db; step load { restore orders from daily; )" +
           step + " } }\nscenario dropped { deletes orders; undetected for 0s }\n";
}

TEST_CASE("verifying: what the checks of a restore take is added to it") {
    CHECK(Estimated(restored_with("")).rta("db") == 10min);
    CHECK(Estimated(restored_with("verify sql \"SELECT 1\"")).rta("db") == 10min);
    const Estimated it(restored_with("verify sql \"SELECT 1\" takes 1m..5m; verify run 'true' takes 30s"));
    CHECK(it.rta("db") == 15min + 30s);
    CHECK(path_of(it.plan, it.e, it.service("db")).back().because == "10m transfer + 5m30s verification");
}

TEST_CASE("verifying: a step that says what it takes counts its checks in it") {
    CHECK(Estimated(restored_with("takes 12m; verify sql \"SELECT 1\" takes 5m")).rta("db") == 12min);
}

TEST_CASE("verifying: the way is free for others while what was loaded is checked") {
    const Estimated it(R"(
        service a
        service b
        data one { in a; size 60GB }
        data two { in b; size 60GB }
        store vault { s3 "v"; rate 100MB/s }
        backup of-one of one { every day; takes 1m; upload 1m; to vault }
        backup of-two of two { every day; takes 1m; upload 1m; to vault }
        procedure first { recovers a; step load { restore one from of-one; verify sql "SELECT 1" takes 20m } }
        procedure second { recovers b; step wait { takes 10m; manual "Wait." }; step load { restore two from of-two } }
        scenario dropped { deletes one, two; undetected for 0s }
    )");
    CHECK(it.rta("a") == 30min);
    CHECK(it.rta("b") == 20min);
}

TEST_CASE("verifying: a timeout counts the checks in") {
    CHECK(Estimated(restored_with("timeout 14m; verify sql \"SELECT 1\" takes 4m")).rta("db") == 14min);
    CHECK(Estimated(restored_with("timeout 14m; verify sql \"SELECT 1\" takes 5m")).rta("db") == support::never);
}

}  // namespace
}  // namespace muster::analysis
