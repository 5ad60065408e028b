#include "compiler/mend/mend.h"

#include <catch2/catch.hpp>

#include "compiler/sema/load.h"

namespace muster::mend {
namespace {

using namespace std::chrono_literals;

constexpr analysis::Instant as_of = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};

std::vector<Ailment> mended(const std::string& text, const Wanted& wanted = {}, Tries tries = {}) {
    support::Sources sources;
    sources.add(*support::make_source("test.drp", "plan test\n" + text));
    diagnostics::Sink sink;
    const sema::Files files = sema::parsed(sources, sink);
    const model::Plan plan = sema::resolve(files.parsed, sources, sink);
    for (const auto& d : sink.sorted()) UNSCOPED_INFO(d.message);
    REQUIRE_FALSE(sink.has_errors());
    const analysis::Schedules schedules(plan, as_of);
    const auto estimates = analysis::estimate_all(plan, schedules);
    return mend({sources, files.parsed, plan, estimates, schedules}, wanted, tries);
}

TEST_CASE("mend: a step may take what is left of the RTO, to the second or minute") {
    const auto found = mended(R"(
        service web { rto 30m; starts in 90s }
        procedure fix { recovers web; step patch { takes 40m; manual "Patch it." } }
        scenario down { fails web; detected after 5m }
    )");
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].remedies.size() == 1);  // neither the detection nor the start alone is enough
    CHECK(found[0].remedies[0].what == "step `fix.patch` takes 23m instead of 40m");
    CHECK(found[0].remedies[0].change == "procedure fix { step patch { takes 23m } }");
    CHECK(found[0].remedies[0].achieved == 29min + 30s);
    CHECK(found[0].remedies[0].size == 425);
    CHECK(advice(found[0]) == "the smallest change that is enough: step `fix.patch` takes 23m instead of 40m: back after 29m30s");
    CHECK(advice(Ailment{}).empty());
}

TEST_CASE("mend: what is nearest to the plan comes first, and what breaks something else comes last") {
    const auto found = mended(R"(
        role dba { headcount 1; responds 5m }
        service a { rto 1h }
        service b { rto 1h }
        procedure fix-a { recovers a; step mend { by dba; takes 40m; manual "Mend it." } }
        procedure fix-b { recovers b; step mend { by dba; takes 40m; manual "Mend it." } }
        scenario both { fails a, b; detected after 0s }
    )");
    REQUIRE(found.size() == 1);
    CHECK(found[0].name == "b");
    std::vector<std::string> changes;
    for (const Remedy& remedy : found[0].remedies) changes.push_back(remedy.change);
    CHECK(changes == std::vector<std::string>{"role dba { headcount 2 }", "procedure fix-b { step mend { takes 15m } }"});
    CHECK(found[0].remedies[0].achieved == 45min);
}

TEST_CASE("mend: a restore may be faster, or from elsewhere") {
    const auto found = mended(R"(
        service db { rto 1h }
        data orders { in db; size 360GB }
        store old { s3 "old"; rate 50MB/s }
        store near { s3 "near"; rate 500MB/s }
        backup daily of orders { every day; takes 1h; upload 1h; to old, near }
        procedure back { recovers db; step load { restore orders from old } }
        scenario dropped { deletes orders; undetected for 0s }
    )");
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].remedies.size() == 2);
    CHECK(found[0].remedies[0].what == "step `back.load` takes `daily in near`");
    CHECK(found[0].remedies[0].achieved == 12min);
    CHECK(found[0].remedies[1].change == "store old { restores at 100MB/s }");
}

TEST_CASE("mend: a backup is made as often as the RPO needs") {
    const auto found = mended(R"(
        service db
        data orders { in db; rpo 1h; size 1GB }
        store vault { s3 "v"; rate 1GB/s }
        backup nightly of orders { every day; takes 10m; upload 5m; to vault }
        procedure back { recovers db; step load { takes 1m; restore orders from nightly } }
        scenario dropped { deletes orders; undetected for 5m }
    )");
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].remedies.size() == 1);
    CHECK(found[0].remedies[0].change == "backup nightly of orders { every 45m }");
    CHECK(found[0].remedies[0].achieved == 1h);
}

TEST_CASE("mend: what the plan does not say may be at most what is left") {
    const auto found = mended(R"(
        service web { rto 30m }
        procedure fix { recovers web; step patch { manual "Patch it." } }
        scenario down { fails web; detected after 5m }
    )");
    REQUIRE(found.size() == 1);
    CHECK(found[0].why == "step `fix.patch` does not say what it `takes`");
    CHECK(found[0].remedies.at(0).what == "step `fix.patch` takes at most 25m, which the plan does not say");
}

TEST_CASE("mend: where nothing alone is enough, that which does most is named") {
    const auto found = mended(R"(
        service web { rto 10m; starts in 20m }
        procedure fix { recovers web; step patch { takes 40m; manual "Patch it." } }
        scenario down { fails web; detected after 5m }
    )");
    REQUIRE(found.size() == 1);
    CHECK(found[0].remedies.empty());
    CHECK(found[0].most->achieved == 26min);  // a step that takes no time at all is none
    CHECK(render_text(found).find("  most does: step `fix.patch` takes 1m instead of 40m: back after 26m\n") != std::string::npos);
}

TEST_CASE("mend: a change by which something else is missed says so") {
    const auto found = mended(R"(
        role dba { headcount 1 }
        service a { rto 45m }
        service b { rto 1h }
        procedure fix-a { recovers a; step mend { by dba; takes 40m; manual "Mend it." } }
        procedure fix-b { recovers b; step mend { by dba; takes 30m; manual "Mend it." } }
        procedure swap-b { recovers b; step mend { takes 10m; manual "Swap it." } }
        scenario both { fails a, b; detected after 0s; recover a with fix-a; recover b with fix-b }
    )");
    REQUIRE(found.size() == 1);
    for (const Remedy& remedy : found[0].remedies) {
        if (remedy.change != "scenario both { recover b with swap-b }") continue;
        // The other `recover` of the scenario is replaced, too; only one procedure recovers a, so that nothing is lost by it.
        CHECK(remedy.newly_missed.empty());
        CHECK(remedy.achieved == 10min);
    }
    CHECK(found[0].remedies.front().size <= found[0].remedies.back().size);
}

TEST_CASE("mend: only what is asked for is looked at") {
    const std::string text = R"(
        service a { rto 1m }
        service b { rto 1m }
        procedure fix { recovers a, b; step mend { takes 40m; manual "Mend it." } }
        scenario one { fails a, b; detected after 0s }
        scenario two { fails a; detected after 0s }
    )";
    CHECK(mended(text).size() == 3);
    CHECK(mended(text, {"a", ""}).size() == 2);
    CHECK(mended(text, {"a", "two"}).size() == 1);
    CHECK(mended(text, {"b", "two"}).empty());
    CHECK(render_text({}) == "no objective is missed\n");
}

// Two runs of 15m do not overlap: made every 3m it would be made every 15m, and nothing between is as good.
TEST_CASE("mend: an interval is not made shorter than a run is long where that gains nothing") {
    const auto found = mended(R"(
        site main
        store vault { at main }
        service db { at main }
        data orders { in db; rpo 30m }
        backup dump of orders { every 1h; takes 15m; upload 0s; to vault }
        procedure fix { recovers db; step load { restore orders from dump; takes 5m } }
        scenario down { corrupts orders; detected after 0s }
    )");
    REQUIRE(found.size() == 1);
    REQUIRE(!found[0].remedies.empty());
    CHECK(found[0].remedies[0].what == "backup `dump` is made every 15m instead of every 1h");
    CHECK(found[0].remedies[0].achieved == 30min);
}

TEST_CASE("mend: an objective at which the tries run out gets no remedy") {
    const std::string plan = R"(
        service web { rto 30m }
        procedure fix { recovers web; step patch { takes 40m; manual "Patch it." } }
        scenario down { fails web; detected after 5m }
    )";
    CHECK(mended(plan, {}, {3})[0].remedies.empty());
    CHECK(mended(plan, {}, {100})[0].remedies.size() == 1);
}

}  // namespace
}  // namespace muster::mend
