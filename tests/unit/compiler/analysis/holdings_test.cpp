// What copies there are and where, and how often they are tried out.
#include "compiler/analysis/holdings.h"

#include "compiler/analysis/tests.h"
#include "tests/unit/compiler/analysis/estimated.h"

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;

const std::string places = R"(
    site main { account prod }
    site dr { account spare; standby }
    service db { at main active, dr standby }
    service pair { at main active, dr active }
    service nowhere
    data orders { in db }
    data shared { in db, pair }
    data lost { in db, nowhere }
    store vault { s3 "v"; at dr; encrypted sse; immutable 7d; replicates to mirror lag 1m }
    store mirror { s3 "m"; account other }
    backup nightly of orders { every day; to vault; keep 30d, 1y monthly in mirror; encrypt age key "a" }
    replica twin of orders { from main to dr; mode sync }
    replica late of orders { from main to dr; delayed 4h }
    repository git of shared { in mirror }
)";

std::vector<Holding> holdings(const model::Plan& plan, std::string_view data) {
    return holdings_of(plan, Estimated::find(plan.data, data));
}

TEST_CASE("holdings: a backup is one copy in each store, also in one that another replicates to") {
    const auto plan = Estimated::plan_of(places);
    const auto held = holdings(plan, "orders");
    REQUIRE(held.size() == 4);
    CHECK(quoted_name(plan, held[0]) == "`nightly` in `vault`");
    CHECK(quoted_name(plan, held[1]) == "`nightly` in `mirror`");
    CHECK(quoted_name(plan, held[2]) == "`twin`");
    CHECK(held[0].kept == 30 * 24h);
    CHECK(held[1].kept == 365 * 24h);
    CHECK(held[0].immutable == std::optional<Time>(7 * 24h));
    CHECK(held[1].encrypted);
}

TEST_CASE("holdings: a store lies in the account of its site, unless it says another") {
    const auto plan = Estimated::plan_of(places);
    const auto held = holdings(plan, "orders");
    CHECK(plan.domains[*held[0].account].name == "spare");
    CHECK(plan.domains[*held[1].account].name == "other");
    CHECK_FALSE(held[1].site);
}

TEST_CASE("holdings: a replica keeps the past only where it is delayed, and content always does") {
    const auto plan = Estimated::plan_of(places);
    const auto held = holdings(plan, "orders");
    CHECK_FALSE(held[2].keeps_past);
    CHECK(held[3].keeps_past);
    const auto content = holdings(plan, "shared");
    REQUIRE(content.size() == 1);
    CHECK(content[0].keeps_past);
    CHECK(content[0].kept == support::never);
}

TEST_CASE("homes: the sites of all active places; none where something that holds the data has no place") {
    const auto plan = Estimated::plan_of(places);
    const auto homes = [&](std::string_view data) { return homes_of(plan, Estimated::find(plan.data, data)).size(); };
    CHECK(homes("orders") == 1);
    CHECK(homes("shared") == 2);
    CHECK(homes("lost") == 0);
}

TEST_CASE("tests: of what tests a copy the most frequent counts, be it its own or a drill's") {
    const auto plan = Estimated::plan_of(R"(
        service db
        data orders { in db }
        data stock { in db }
        store vault { s3 "v" }
        backup tried of orders { every day; to vault; verify { every month } }
        backup drilled of orders { every day; to vault }
        backup rehearsed of orders { every day; to vault }
        backup followed of stock { every day; to vault }
        backup untried of orders { every day; to vault }
        procedure put-back { recovers db; step load { takes 1m; restore orders from rehearsed } }
        procedure put-stock-back { recovers db; step load { takes 1m; restore stock from followed } }
        scenario dropped { deletes stock; undetected for 1m; recover db with put-stock-back }
        drill weekly { exercises backup tried of orders, backup drilled of orders; every week }
        drill monthly { exercises procedure put-back, scenario dropped; every 10d }
    )");
    Tests tests(plan, as_of_the_tests);
    const auto within = [&](std::string_view copy) { return tests.within(Estimated::find(plan.copies, copy)); };
    CHECK(tests.any());
    CHECK(within("tried") == std::optional<Time>(7 * 24h));
    CHECK(within("drilled") == std::optional<Time>(7 * 24h));
    CHECK(within("rehearsed") == std::optional<Time>(10 * 24h));
    CHECK(within("followed") == std::optional<Time>(10 * 24h));
    CHECK_FALSE(within("untried"));
}

TEST_CASE("schedules: the shortest gap is that of the two starts that lie closest") {
    const auto plan = Estimated::plan_of(R"(
        data orders
        store vault { s3 "v" }
        backup uneven of orders { cron "0 2,3 * * 1"; to vault }
        backup once of orders { cron "0 0 29 2 *"; to vault }
    )");
    const auto shortest = [&](std::string_view copy) {
        return shortest_gap_of(*plan.copies[Estimated::find(plan.copies, copy)].backup()->schedule, as_of_the_tests);
    };
    CHECK(shortest("uneven") == std::optional<Time>(1h));
    CHECK(shortest("once") == std::optional<Time>(4 * 365 * 24h + 24h));
}

}  // namespace
}  // namespace muster::analysis
