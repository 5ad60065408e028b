// Plans at the edge of what can be said: nothing may overflow, and what is never is not called unknown.
#include "compiler/analysis/path.h"
#include "tests/unit/compiler/analysis/estimated.h"

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;
using support::longest_duration;

// A petabyte that is read at `rate`.
Estimated petabyte(const std::string& rate) {
    return Estimated("service db\ndata orders { in db; size 1PB }\nstore drip { s3 \"drip\"; rate " + rate +
                     " }\nbackup nightly of orders { every day; takes 1h; upload 1m; to drip }\n"
                     "procedure fix { recovers db; step load { restore orders from nightly } }\n"
                     "scenario dropped { deletes orders; undetected for 0s }\n");
}

// An archive whose log is shipped every 5m and uploaded in 1m, where damage is seen after `unseen`.
std::string why_of_archive(const std::string& unseen) {
    const Estimated plan(
        "service db\ndata orders { in db }\nstore vault { s3 \"vault\" }\nbackup base of orders { every day; upload 0s; to vault }\n"
        "archive log of orders { every 5m; upload 1m; to vault; base base }\n"
        "procedure fix { recovers db; step load { takes 1m; restore orders from log } }\n"
        "scenario dropped { deletes orders; undetected for " +
        unseen + " }\n");
    return plan.data("orders").from->reason;
}

}  // namespace

TEST_CASE("extremes: a transfer of eleven thousand million days ends, and a longer one than can be counted never does") {
    CHECK(petabyte("1B/s").rta("db") == 1'000'000'000'000'000s);
    const Estimated longer = petabyte("1B/d");
    CHECK(longer.rta("db") == support::never);
    CHECK(longer.service("db").obstacle == "its transfer takes longer than 290 million years");
}

TEST_CASE("extremes: a thousand retries with a thousand years between them still fit") {
    const Estimated plan(
        "service db\nprocedure fix { recovers db; step mend { takes 1000y; timeout 999y; retry 1000 every 1000y; otherwise last } }\n"
        "procedure last { step mend { takes 1ms } }\nscenario down { fails db; detected after 1000y }\n");
    CHECK(plan.rta("db") == longest_duration + 1001 * (longest_duration / 1000 * 999) + 1000 * longest_duration + 1ms);
}

TEST_CASE("extremes: what is more than can be counted is unknown") {
    const Estimated sizes(
        "service db\ndata one { in db; size 9000PB }\ndata two { in db; size 9000PB }\nstore vault { s3 \"vault\"; rate 1PB/s }\n"
        "backup both of one, two { every day; to vault }\nscenario down { fails db; detected after 0s }\n");
    CHECK_FALSE(sizes.e.recovery.copies[0][1].loss);
    CHECK(sizes.e.recovery.copies[0][1].reason == "how long its upload takes is not known");
    const Estimated log(
        "service db\ndata orders { in db; size 1GB; changes 1PB/s }\nstore vault { s3 \"vault\"; rate 1PB/s }\n"
        "backup base of orders { every day; upload 0s; to vault }\narchive log of orders { every 5m; to vault; base base; replay 1PB/s }\n"
        "procedure fix { recovers db; step load { restore orders from log } }\nscenario dropped { deletes orders; undetected for 0s }\n");
    CHECK_FALSE(log.rta("db"));
    CHECK(log.service("db").obstacle == "the log of `orders` comes to more bytes than can be counted");
}

TEST_CASE("extremes: procedures that can never start do not start at an unknown time") {
    const auto start = [](const std::string& declarer, const std::string& detection) {
        support::Sources sources;
        sources.add(*support::make_source("test.drp", "plan test { declare by lead takes 5m }\nrole lead { " + declarer +
                                                          " }\nservice db\nprocedure fix { recovers db; step mend { takes 1m } }\n"
                                                          "scenario down { fails db; " +
                                                          detection + " }\n"));
        diagnostics::Sink sink;
        const model::Plan plan = sema::compile(sources, sink);
        REQUIRE_FALSE(sink.has_errors());
        return started(estimate(plan, {0}, Schedules(plan, as_of_the_tests)));
    };
    CHECK(start("responds 5m", "detected after 1m") == "start after 11m");
    CHECK(start("responds 5m", "") == "start after unknown");
    CHECK(start("headcount 0", "detected after 1m") == "never start");
}

TEST_CASE("extremes: of many in a circle the first are named") {
    CHECK(circle_of({"a", "b"}) == "`a` -> `b` -> `a`");
    CHECK(circle_of({"a", "b", "c", "d", "e", "f", "g", "h"}) == "`a` -> `b` -> `c` -> `d` -> `e` -> `f` -> `g` -> `h` -> `a`");
    CHECK(circle_of({"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}) ==
          "`a` -> `b` -> `c` -> `d` -> `e` -> `f` -> `g` -> `h` -> 2 more -> `a`");
}

TEST_CASE("extremes: the reason of a log's loss adds up to it") {
    CHECK(why_of_archive("3m") == "interval 5m + 1m upload");
    CHECK(why_of_archive("6m") == "interval 5m + 1m upload");
    CHECK(why_of_archive("2h") == "2h unseen, while the log is shipped every 5m");
}

}  // namespace muster::analysis
