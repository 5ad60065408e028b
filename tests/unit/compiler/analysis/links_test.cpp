// Links between sites, places and tools that few steps can use at a time, and what stands in for what.
#include "tests/unit/compiler/analysis/estimated.h"

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;

std::string two_sites(const std::string& more) {
    return R"(
        site main
        site dr
        service a { at main }
        service b { at dr }
        data for-a { in a; size 360GB }
        data for-b { in b; size 72GB }
        store vault { s3 "v"; at main; rate 100MB/s }
        backup copy-a of for-a { every day; takes 1m; to vault }
        backup copy-b of for-b { every day; takes 1m; to vault }
        procedure restore-a { recovers a; step load { restore for-a from copy-a } }
        procedure restore-b { recovers b; step load { restore for-b from copy-b } }
        scenario both { deletes for-a, for-b; undetected for 0s }
    )" + more;
}

TEST_CASE("links: example 8, literally: what is behind a link of 20 MB/s leaves 80 to the other") {
    const Estimated both(two_sites("link wan { between main and dr; bandwidth 20MB/s }"));
    CHECK(both.rta("a") == 1h + 12min);
    CHECK(both.rta("b") == 1h);
    CHECK(both.service("a").critical_path == 1h);
}

TEST_CASE("links: of several the widest is taken, and one that says no bandwidth limits nothing") {
    const std::string narrow = "link narrow { between dr and main; bandwidth 20MB/s }\n";
    CHECK(Estimated(two_sites(narrow + "link wide { between main and dr; bandwidth 40MB/s }")).rta("b") == 30min);
    CHECK(Estimated(two_sites(narrow + "link any { between main and dr }")).rta("b") == Estimated(two_sites("")).rta("b"));
}

TEST_CASE("links: their latency is waited for once") {
    CHECK(Estimated(two_sites("link wan { between main and dr; bandwidth 20MB/s; latency 2s }")).rta("b") == 1h + 2s);
}

TEST_CASE("links: a backup without a figure for its upload takes the link to its store") {
    const auto loss = [](const std::string& link) {
        const Estimated it(R"(
            site main
            site dr
            service a { at main }
            data d { in a; size 72GB }
            store far { s3 "v"; at dr; rate 100MB/s }
            backup daily of d { every day; to far }
            procedure fix { recovers a; step load { takes 1m; restore d from daily } }
            scenario gone { destroys site main; detected after 0s }
        )" + link);
        return it.data("d").rpa;
    };
    CHECK(loss("link wan { between main and dr; bandwidth 20MB/s }") == 24h + 1h);
    CHECK(loss("") == 24h + 12min);
}

TEST_CASE("links: where a step is performed is where the data goes") {
    const std::string link = "link wan { between main and dr; bandwidth 20MB/s }\n";
    const Estimated it(R"(
        site main
        site dr
        service a { at main active, dr standby }
        data d { in a; size 72GB }
        store vault { s3 "v"; at main; rate 100MB/s }
        backup daily of d { every day; takes 1m; to vault }
        procedure fix { recovers a; step load { on dr; restore d from daily } }
        scenario gone { deletes d; undetected for 0s }
    )" + link);
    CHECK(it.rta("a") == 1h);
}

std::string one_at_a_time(const std::string& place, const std::string& step) {
    return place + R"(
        service a { rto 1h }
        service b { rto 2h }
        procedure fix-a { recovers a; step mend { )" +
           step + R"(; takes 40m; manual "x" } }
        procedure fix-b { recovers b; step mend { )" +
           step + R"(; takes 40m; manual "x" } }
        scenario both { fails a, b; detected after 0s }
    )";
}

TEST_CASE("parallel: places and tools are shared like people") {
    for (const auto& [place, step] : {std::pair{"site dr { parallel 1 }", "on dr"}, {"tool bastion { parallel 1 }", "requires bastion"}}) {
        const Estimated it(one_at_a_time(place, step));
        CHECK(it.rta("a") == 40min);
        CHECK(it.rta("b") == 80min);
        CHECK(it.service("b").critical_path == 40min);
    }
    CHECK(Estimated(one_at_a_time("site dr { parallel 2 }", "on dr")).rta("b") == 40min);
    CHECK(Estimated(one_at_a_time("site dr", "on dr")).rta("b") == 40min);
}

TEST_CASE("fallback: what takes the place of an external meets the need for it") {
    const auto rta = [](const std::string& fallback, const std::string& lasts) {
        return Estimated("external stripe { " + fallback + " }\nexternal paypal\nservice shop { needs stripe; resumes in 1m }\n" +
                         "scenario down { fails stripe; detected after 0s; " + lasts + " }")
            .rta("shop");
    };
    CHECK(rta("fallback paypal in 15m", "") == 16min);
    CHECK(rta("fallback paypal in 15m", "lasts 5m") == 6min);
    CHECK(rta("", "") == support::never);
}

TEST_CASE("fallback: two externals that stand in for each other help nobody when both are down") {
    const Estimated it(R"(
        external a { fallback b in 1m }
        external b { fallback a in 1m }
        service shop { needs a }
        scenario down { fails a, b; detected after 0s }
    )");
    CHECK(it.rta("shop") == support::never);
    CHECK(it.service("shop").obstacle.find("does not come back by itself") != std::string::npos);
}

TEST_CASE("tools: one that lives in a service is down while that is") {
    const Estimated it(R"(
        service vault
        service shop
        tool secrets { in vault }
        procedure fix-vault { recovers vault; step start { takes 30m; manual "x" } }
        procedure fix-shop { recovers shop; step deploy { requires secrets; takes 10m; manual "x" } }
        scenario down { fails vault, shop; detected after 0s }
    )");
    CHECK(it.rta("shop") == 40min);
}

TEST_CASE("tools: a circle of a service and the tool that lives in it is named") {
    const Estimated it(R"(
        service vault
        tool secrets { in vault }
        procedure fix-vault { recovers vault; step start { requires secrets; takes 30m; manual "x" } }
        scenario down { fails vault; detected after 0s }
    )");
    CHECK(it.rta("vault") == support::never);
    CHECK(it.service("vault").obstacle == "these wait for each other: `fix-vault.start` -> `vault` -> `fix-vault.start`");
}

TEST_CASE("transfers: a petabyte at a byte a second does not overflow") {
    const Estimated it(R"(
        service a
        data d { in a; size 1000TB }
        store v { s3 "v"; rate 1B/s }
        backup daily of d { every day; takes 1m; upload 1m; to v }
        procedure fix { recovers a; step load { restore d from daily } }
        scenario gone { deletes d; undetected for 0s }
    )");
    CHECK(it.rta("a") == Time{1'000'000'000'000'000'000});
}

}  // namespace
}  // namespace muster::analysis
