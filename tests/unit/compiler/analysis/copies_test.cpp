// What copies lose, and whether they are left.
#include "tests/unit/compiler/analysis/estimated.h"

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;

// A delayed replica that `dba` promotes after the data was deleted and `unseen` had passed.
Estimated delayed(const std::string& replica, const std::string& unseen) {
    return Estimated(
        "site main\nsite dr { standby warm }\nrole dba { responds 10m..20m }\nservice db { at main, dr standby }\n"
        "data orders { in db }\n"
        "replica late of orders { from main to dr; mode async; " +
        replica +
        " }\n"
        "procedure move { recovers db; step one { by dba; takes 1m; promote late of orders } }\n"
        "scenario dropped { deletes orders; undetected for " +
        unseen + " }\n");
}

TEST_CASE("copies: a delayed replica is clean while its delay is longer than until somebody stops it") {
    CHECK(delayed("delayed 1h", "39m").data("orders").rpa == 1h);
    const auto late = delayed("delayed 1h", "40m").data("orders");
    CHECK(late.verdict == Verdict::lost);
    CHECK(delayed("delayed 1h", "40m").e.recovery.copies[0][1].reason ==
          "it follows 1h later, and so the damage: that is seen after 40m, and stopped 20m after that");
}

TEST_CASE("copies: a delayed replica that has received the rest is rolled forward to the damage") {
    CHECK(delayed("delayed 1h; lag 5m", "2m").data("orders").rpa == 5min);
    CHECK(delayed("delayed 1h; lag 5m", "30m").data("orders").rpa == 30min);
}

TEST_CASE("copies: who declares stops a replica that no role promotes") {
    const auto state = [](const std::string& declaration) {
        support::Sources sources;
        sources.add(*support::make_source("test.drp", "plan test { " + declaration + R"( }
            site dr
            role lead { responds 30m }
            data orders
            replica late of orders { from dr to dr; delayed 1h }
            scenario dropped { deletes orders; undetected for 40m }
        )"));
        diagnostics::Sink sink;
        const model::Plan plan = sema::compile(sources, sink);
        REQUIRE_FALSE(sink.has_errors());
        return estimate(plan, {0}, Schedules(plan, as_of_the_tests)).recovery.copies[0][1].state;
    };
    CHECK(state("") == CopyState::usable);
    CHECK(state("declare by lead") == CopyState::tainted);
}

TEST_CASE("copies: how far behind a replica is that says no lag is not known") {
    const Estimated it(R"(
        site main
        site dr { standby }
        service db { at main, dr standby }
        data orders { in db; rpo 1h }
        replica far of orders { from main to dr; mode async }
        procedure move { recovers db; step one { takes 1m; promote far of orders } }
        scenario fire { destroys site main; detected after 0s }
    )");
    CHECK(it.data("orders").verdict == Verdict::unknown);
    CHECK(it.data("orders").from->reason == "how far it may be behind is not said");
}

TEST_CASE("copies: a backup that may start late loses that much more") {
    const auto rpa = [](const std::string& unseen) {
        return Estimated(R"(
            site main
            service db { at main }
            data orders { in db; size 1GB }
            store vault { s3 "v"; rate 1GB/s }
            backup hourly of orders { every 1h; starts within 10m; takes 5m; upload 1m; to vault }
            procedure back { recovers db; step one { takes 1m; restore orders from hourly } }
            scenario dropped { deletes orders; undetected for )" +
                         unseen + " }\n")
            .data("orders");
    };
    CHECK(rpa("1m").rpa == 1h + 16min);
    CHECK(rpa("1m").from->reason == "longest gap 1h + 10m late start + 5m duration + 1m upload");
    CHECK(rpa("20m").rpa == 1h + 20min);
}

TEST_CASE("copies: a run that starts late may still be going when the next is due") {
    const Estimated it(R"(
        service db
        data orders { in db; size 1GB }
        store vault { s3 "v"; rate 1GB/s }
        backup hourly of orders { every 1h; starts within 30m; takes 40m; upload 0s; to vault }
        procedure back { recovers db; step one { takes 1m; restore orders from hourly } }
        scenario dropped { deletes orders; undetected for 0s }
    )");
    CHECK(it.data("orders").rpa == 2h + 70min);  // every second start is skipped
}

TEST_CASE("copies: the objectives of a class hold for its data") {
    const Estimated it(R"(
        classification cardholder { rpo 1h; rpo 5m under corruption }
        site main
        data cards { class cardholder, other; rpo 30m }
        data names { class cardholder }
        scenario dropped { deletes cards, names; undetected for 0s }
        scenario fire { destroys site main; detected after 0s }
    )");
    CHECK(it.data("cards").rpo->value == 5min);
    CHECK(it.data("names").rpo->value == 5min);
    CHECK(model::rpo_of(it.plan, it.data("cards").data, model::DisruptionKind::region)->value == 30min);
    CHECK(model::rpo_of(it.plan, it.data("names").data, model::DisruptionKind::region)->value == 1h);
}

}  // namespace
}  // namespace muster::analysis
