// Stores that replicate, and data that comes back from different moments.
#include "tests/unit/compiler/analysis/estimated.h"

#include "compiler/analysis/estimate_markdown.h"

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;

std::string replicated(const std::string& how, const std::string& scenario) {
    return R"(
        service db
        data orders { in db; size 1GB }
        store vault { s3 "v"; rate 1GB/s; replicates to far )" +
           how + R"( }
        store far { s3 "f"; rate 1GB/s }
        backup hourly of orders { every 1h; takes 5m; upload 5m; to vault }
        procedure fix { recovers db; step load { takes 1m; restore orders from hourly } }
        scenario s { )" +
           scenario + " }";
}

CopyOutcome copy_in_far(const Estimated& it) {
    for (const CopyOutcome& copy : it.e.recovery.copies[0])
        if (name_of(it.plan, copy) == "hourly in far") return copy;
    FAIL("there is no copy in far");
    return {};
}

TEST_CASE("replication: what is written to a store is at the other, later by the lag") {
    const Estimated it(replicated("lag 15m", "destroys db; destroys store vault; detected after 1m"));
    CHECK(it.data("orders").rpa == 1h + 5min + 5min + 15min);
    REQUIRE(it.data("orders").from.has_value());
    CHECK(name_of(it.plan, *it.data("orders").from) == "hourly in far");
    CHECK(it.data("orders").from->reason == "longest gap 1h + 5m duration + 5m upload + 15m until it is replicated");
}

TEST_CASE("replication: deletes follow, unless what they reach cannot be changed") {
    const std::string attack = "compromises store vault; corrupts orders; undetected for 1h";
    CHECK(copy_in_far(Estimated(replicated("lag 15m", attack))).state == CopyState::usable);
    CHECK(copy_in_far(Estimated(replicated("lag 15m with deletes", attack))).state == CopyState::tainted);
    const std::string and_gone = attack + "; fails store vault";
    CHECK(copy_in_far(Estimated(replicated("lag 15m with deletes", and_gone))).state == CopyState::tainted);
    const std::string destroyed = "destroys store vault; destroys db; detected after 1m";
    CHECK(copy_in_far(Estimated(replicated("lag 15m with deletes", destroyed))).state == CopyState::usable);
}

TEST_CASE("replication: of two stores that are alike the one of the smaller name is read, however they are declared") {
    const std::string rest = R"(
        service db
        data orders { in db; size 1GB }
        store vault { s3 "v"; rate 1GB/s; replicates to north; replicates to south }
        backup hourly of orders { every 1h; takes 5m; upload 5m; to vault }
        procedure fix { recovers db; step load { takes 1m; restore orders from hourly } }
        scenario s { destroys db; destroys store vault; detected after 1m }
    )";
    for (const std::string stores :
         {"store north { s3 \"n\" }\nstore south { s3 \"s\" }\n", "store south { s3 \"s\" }\nstore north { s3 \"n\" }\n"}) {
        const Estimated it(stores + rest);
        REQUIRE(it.data("orders").from.has_value());
        CHECK(name_of(it.plan, *it.data("orders").from) == "hourly in north");
    }
}

TEST_CASE("a repository that a store passed on cannot be read without the key of the store that it is in") {
    const auto state = [](const std::string& kept) {
        const Estimated it("site main\nsite other\nservice git { at main }\ndata code { in git }\nsecret key { kind key; kept in " + kept +
                           R"( }
            store near { s3 "n"; replicates to far }
            store far { s3 "f"; encrypted aes key key }
            repository forge of code { in near }
            scenario fire { destroys site main; detected after 1m }
        )");
        return it.e.recovery.copies[0].back().state;
    };
    CHECK(state("main") == CopyState::lost);
    CHECK(state("other") == CopyState::usable);
}

std::string two_data(const std::string& skew_of_plan, const std::string& skew_of_service, const std::string& skew_of_data) {
    return skew_of_plan + R"(
        tier gold { skew 3h }
        service db : gold { )" +
           skew_of_service + R"( }
        data orders { in db; size 1GB }
        data payments { in db; size 1GB; )" +
           skew_of_data + R"( }
        store vault { s3 "v"; rate 1GB/s }
        backup nightly of orders { every day at 02:00; takes 5m; upload 5m; to vault }
        backup hourly of payments { every 1h; takes 5m; upload 5m; to vault }
        procedure fix { recovers db; step load { takes 1m; restore orders from nightly }; step more { takes 1m; restore payments from hourly } }
        scenario s { destroys db; detected after 1m }
    )";
}

TEST_CASE("skew: the largest RPA less the smallest, against the smallest limit that holds") {
    const auto skew = [](const std::string& of_service, const std::string& of_data) {
        return Estimated(two_data("", of_service, of_data)).service("db").skew;
    };
    REQUIRE(skew("", "").has_value());
    CHECK(skew("", "")->apart == 23h);
    CHECK(skew("", "")->limit->value == 3h);
    CHECK(skew("", "")->verdict == Verdict::missed);
    CHECK(skew("skew 23h", "")->verdict == Verdict::met);
    CHECK(skew("skew 23h", "skew 1h")->limit->value == 1h);
}

TEST_CASE("markdown: text of the plan stays in its cell") {
    const Estimated it("service db\nscenario s \"a | b <i> *c*\" { fails db; detected after 1m }");
    const std::string text = render_markdown(it.plan, {it.e});
    CHECK(text.find("a \\| b &lt;i> \\*c\\*") != std::string::npos);
    CHECK(text.find("| db |") != std::string::npos);
}

}  // namespace
}  // namespace muster::analysis
