#include "tests/unit/simulator/plans.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "compiler/sema/load.h"

namespace muster::simulator::testing {

namespace {

model::Plan compiled(const support::Sources& sources) {
    diagnostics::Sink sink;
    model::Plan plan = sema::compile(sources, sink);
    for (const auto& diagnostic : sink.sorted()) UNSCOPED_INFO(diagnostic.primary.span.begin.line << ": " << diagnostic.message);
    REQUIRE_FALSE(sink.has_errors());
    return plan;
}

}  // namespace

model::Plan plan_of(std::string_view text) {
    support::Sources sources;
    auto source = support::make_source("test.drp", std::string(text));
    REQUIRE(source);
    sources.add(*std::move(source));
    return compiled(sources);
}

model::Plan plan_in(const std::string& folder) {
    std::istringstream nothing;
    diagnostics::Sink sink;
    const auto files = sema::load(folder, nothing, sink);
    REQUIRE(files);
    model::Plan plan = sema::resolve(files->parsed, files->sources, sink);
    REQUIRE_FALSE(sink.has_errors());
    return plan;
}

std::string reversed(std::string_view text) {
    std::string result;
    std::string declaration;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        declaration += text.substr(0, end);
        text.remove_prefix(end);
        if (!text.empty() && (text.front() == ' ' || text.front() == '}')) continue;
        result.insert(0, declaration);
        declaration.clear();
    }
    return result;
}

const std::string_view shop = R"(
plan shop { declare by lead takes 5m..10m }
tier critical { rto 40m; rpo 10m; rpo 30h under corruption }
site main
site dr { standby warm }
role lead { responds 5m..15m }
role dba {
  hours mon..fri 08:00..18:00 "Europe/Berlin"
  responds 5m..20m
  responds 30m..45m..60m outside hours
}
role dev { responds 1m..5m }
service web : critical { at main, dr standby; needs db, cache or queue; uses orders; starts in 20s..90s }
service db : critical { at main, dr standby; starts in 30s..3m }
service cache { at main, dr standby; heals in 1m..2m }
service queue { at main; starts in 1m }
service news { at dr }
data orders { in db; size 36GB; changes 2GB/h; restores at 60MB/s }
data pages { in cache; rebuilt in 5m }
data wares { in db; size 1GB }
data letters { in db; size 1GB }
store vault { s3 "vault"; rate 200MB/s }
store deep { s3 "deep"; rate 100MB/s; storage glacier retrieval 3h..5h }
replica standby of orders { from main to dr; mode async; lag 2s..30s }
replica twin of wares { from main to dr; mode sync }
archive wal of orders { every 1m; upload 5s..20s; to vault; base nightly; replay 60MB/s }
backup nightly of orders { every day at 02:00; takes 20m..45m; upload 1m..2m..8m; to vault, deep after 30d }
backup weekly of wares, letters { every week; takes 5m; to vault }
detector db-down { watches db; at dr; every 15s; threshold 4; for 0s..1m; notifies dba within 30s }
detector watchdog { watches web; at dr; every 1m; threshold 2; triggers restart-queue }
procedure promote-db {
  recovers db
  parallel {
    step promote { by dba; takes 30s..2m; promote standby of orders }
    step promote-wares { by dba; takes 30s..3m; promote twin of wares }
    step restore-letters { by dev; restore letters from weekly }
  }
  step repoint { automatic; takes 10s; switch dns "db.internal" to dr ttl 30s }
  afterwards { step report { by lead; takes 1h..2h; manual "write it down" } }
}
procedure start-web {
  recovers web
  step wait { wait for db }
  step start { by dev; on dr; takes 30s..1m..4m; scale web to 3 }
}
procedure restart-queue {
  recovers queue
  step move { automatic; takes 2m..5m; apply "queue" }
}
procedure restore-db {
  recovers db
  step stop { automatic; takes 1m; scale web to 0 }
  step restore { by dba, dev; restore orders from deep }
  step check { by dba; approve by lead; takes 10m..20m }
}
scenario region-outage {
  fails site main
  recover db with promote-db
  recover web with start-web
  recover queue with restart-queue
}
scenario short-outage {
  fails site main
  lasts 10m..50m
  recover db with promote-db
}
scenario bad-migration {
  corrupts orders
  undetected for 10m..4h
  recover db with restore-db
}
)";

}  // namespace muster::simulator::testing
