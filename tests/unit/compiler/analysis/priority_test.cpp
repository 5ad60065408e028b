// Which of the steps that want the same people comes first.
#include "tests/unit/compiler/analysis/estimated.h"

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;

// Both steps want the only dba at once. `wash` has the smaller name, `zip` what is said of it; nothing else tells them apart.
std::string two_steps(const std::string& more, const std::string& besides = "") {
    return R"(
        role dba { headcount 1 }
        service db { rto 8h }
        procedure bring-back { recovers db
            parallel {
                step wash { by dba; takes 10m }
                step zip { by dba; takes 10m; restore orders from nightly }
            }
        }
        store vault { s3 "v" }
        backup nightly of orders { every day; to vault }
        scenario outage { fails service db; corrupts orders; undetected for 0s; recover db with bring-back; )" +
           besides + "}\n" + more;
}

Time first_of(const Estimated& it, std::string_view step) {
    for (const auto& item : it.e.schedule)
        if (it.plan.steps[item.step].heading.name == step) return item.begin;
    FAIL("no begin of " << step);
    return {};
}

TEST_CASE("priority: without anything that waits longer for one of them, the smaller name comes first") {
    const Estimated it(two_steps("data orders"));
    CHECK(first_of(it, "wash") < first_of(it, "zip"));
}

TEST_CASE("priority: a step that a service at last waits for comes before one that nobody waits for so long") {
    const Estimated it(two_steps("data orders\nservice shop { uses orders; resumes in 30m }"));
    CHECK(first_of(it, "zip") < first_of(it, "wash"));
}

TEST_CASE("priority: what nobody waits for does not count, though it would take long") {
    // `console` is there as soon as `fast` is, and `shop`, ready 30m after `zip`, is stopped for good in the end.
    const Estimated it(two_steps(R"(
        data orders
        service shop { uses orders; resumes in 30m }
        service fast { heals in 1s }
        service other
        tool console { in fast, shop }
        procedure look { recovers other
            step see { requires console; takes 1m }
            afterwards { step stop { takes 1m; scale shop to 0 } }
        }
    )",
                                 "fails service fast; fails service other; recover other with look"));
    CHECK(it.rta("shop") == support::never);
    CHECK(first_of(it, "wash") < first_of(it, "zip"));
}

}  // namespace
}  // namespace muster::analysis
