// The worked examples of docs/recovery-model.md, to the millisecond.
#include <catch2/catch.hpp>

#include "compiler/analysis/check.h"
#include "compiler/analysis/estimate.h"
#include "compiler/sema/load.h"

namespace muster::analysis {
namespace {

using namespace std::chrono_literals;
using model::Plan;

constexpr Instant as_of = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};

Plan plan_of(const std::string& text) {
    support::Sources sources;
    sources.add(*support::make_source("test.drp", "plan test\n" + text));
    diagnostics::Sink sink;
    Plan plan = sema::compile(sources, sink);
    for (const auto& d : sink.sorted()) UNSCOPED_INFO(d.message);
    REQUIRE_FALSE(sink.has_errors());
    return plan;
}

template <class T>
support::Id<T> find(const support::Table<T>& table, std::string_view name) {
    for (const auto id : table.ids())
        if (table[id].heading.name == name) return id;
    FAIL("there is no " << name);
    return {};
}

Estimate only(const Plan& plan) { return estimate(plan, {0}, Schedules(plan, as_of)); }

Time rta(const Plan& plan, const Estimate& e, std::string_view service) {
    const auto& found = e.services[find(plan.services, service).value].rta;
    REQUIRE(found.has_value());
    return *found;
}

Time rpa(const Plan& plan, const Estimate& e, std::string_view data) {
    const auto& found = e.data[find(plan.data, data).value].rpa;
    REQUIRE(found.has_value());
    return *found;
}

std::vector<diagnostics::Diagnostic> findings(const Plan& plan, std::string_view name) {
    diagnostics::Sink sink;
    const Schedules schedules(plan, as_of);
    run_rules(plan, estimate_all(plan, schedules), schedules, sink);
    auto all = sink.sorted();
    std::erase_if(all, [&](const auto& d) { return d.entry.name != name; });
    return all;
}

Time loss_of_backup(const std::string& schedule) {
    const Plan plan = plan_of(R"(
        site main
        service db { at main }
        data orders { in db; size 1GB }
        store vault { s3 "v"; rate 1GB/s; restores at 1GB/s }
        backup nightly of orders { )" +
                              schedule + R"(; takes 20m..45m; upload 5m; to vault }
        procedure restore { recovers db; step load { takes 1m; restore orders from nightly } }
        scenario fire { destroys site main; detected after 1m }
    )");
    return rpa(plan, only(plan), "orders");
}

TEST_CASE("example 1: a backup loses its longest gap, its duration and its upload") {
    CHECK(loss_of_backup("every day at 02:00") == 24h + 50min);
    CHECK(loss_of_backup("cron \"0 2 * * 1-5\"") == 72h + 50min);
    CHECK(loss_of_backup("every mon..fri at 02:00") == 72h + 50min);
}

Time gap(const std::string& cron, const std::string& zone) {
    model::Schedule schedule;
    schedule.calendar = *model::parse_cron(cron);
    schedule.zone = zone;
    return *longest_gap(schedule, as_of);
}

TEST_CASE("example 2: the longest gap of a schedule is exact") {
    CHECK(gap("30 2 * * *", "Europe/Berlin") == 47h);
    CHECK(gap("30 2 * * *", "UTC") == 24h);
    CHECK(gap("0 0 31 * *", "UTC") == 61 * 24h);
    // Days 1 to 7 or Mondays: the longest wait is from the 7th to the next Monday at most, never a month.
    CHECK(gap("0 9 1-7 * 1", "UTC") == 7 * 24h);
}

const std::string chain = R"(
    service web { needs api; rto 30m; starts in 1m }
    service api { needs db; starts in 1m }
    service db { starts in 1m }
    procedure fix-web { recovers web; step a { takes 5m; manual "x" } }
    procedure fix-api { recovers api; step a { takes 20m; manual "x" } }
    procedure fix-db { recovers db; step a { takes 90m; manual "x" } }
    scenario outage { fails web, api, db; detected after 0s }
)";

TEST_CASE("example 3: a service is ready after what it needs") {
    const Plan plan = plan_of(chain);
    const Estimate e = only(plan);
    CHECK(rta(plan, e, "db") == 91min);
    CHECK(rta(plan, e, "api") == 92min);
    CHECK(rta(plan, e, "web") == 93min);

    const auto found = findings(plan, "rto-missed");
    REQUIRE(found.size() == 1);
    CHECK(found[0].achieved == 93min);
    REQUIRE(found[0].related.size() == 1);
    const auto fix_db = plan.procedures[find(plan.procedures, "fix-db")].steps.front();
    CHECK(found[0].related[0].span == plan.steps[fix_db].heading.span);
    CHECK(found[0].path.size() == 4);  // the step, and three starts
    CHECK(found[0].help.find("fix-db.a") != std::string::npos);
}

TEST_CASE("example 5: worst detection is interval times threshold plus notification") {
    const Plan plan = plan_of(R"(
        service shop
        detector probe { watches shop; every 5m; threshold 2; notifies ops within 30s }
        role ops
        procedure fix { recovers shop; step a { takes 0s; manual "x" } }
        scenario down { fails shop }
    )");
    CHECK(only(plan).detection == 10min + 30s);
}

TEST_CASE("example 6: retrieval, then the transfer, in exact arithmetic") {
    const Plan plan = plan_of(R"(
        service db { rto 2h }
        data orders { in db; size 500GB }
        store old { s3 "o"; rate 100MB/s; storage glacier-flexible retrieval 3h..5h }
        backup nightly of orders { every day; takes 1m; upload 1m; to old }
        procedure restore { recovers db; step load { restore orders from nightly } }
        scenario gone { deletes orders; undetected for 0s }
    )");
    const Estimate e = only(plan);
    CHECK(rta(plan, e, "db") == 6h + 23min + 20s);
    const auto found = findings(plan, "rto-missed");
    REQUIRE(found.size() == 1);
    CHECK(found[0].help.find("retrieval") != std::string::npos);
}

std::string replica_and_backup(const std::string& procedure, const std::string& scenario) {
    return R"(
        site main
        site dr { standby warm }
        service db { at main active, dr standby }
        data orders { in db; size 1GB }
        store vault { s3 "v"; rate 1GB/s }
        replica standby of orders { from main to dr; mode sync }
        backup two-hourly of orders { every 2h; takes 10m; upload 2m; to vault }
    )" + procedure +
           scenario;
}

TEST_CASE("example 7: what is lost depends on the copy that is used, and on when damage is found") {
    const std::string promote = "procedure fix { recovers db; step a { takes 1m; promote standby of orders } }\n";
    const std::string restore = "procedure fix { recovers db; step a { takes 1m; restore orders from two-hourly } }\n";
    const Plan outage = plan_of(replica_and_backup(promote, "scenario s { fails site main; detected after 1m }"));
    CHECK(rpa(outage, only(outage), "orders") == 0s);

    const Plan late = plan_of(replica_and_backup(restore, "scenario s { deletes orders; undetected for 30m }"));
    CHECK(rpa(late, only(late), "orders") == 2h + 30min);
    CHECK(only(late).recovery.copies[0][1].state == CopyState::tainted);

    const Plan soon = plan_of(replica_and_backup(restore, "scenario s { deletes orders; undetected for 5m }"));
    CHECK(rpa(soon, only(soon), "orders") == 2h + 12min);
}

TEST_CASE("example 9: a step waits for the declaration and for its performer") {
    support::Sources sources;
    sources.add(*support::make_source("test.drp", R"(
        plan test { declare by lead takes 5m..10m }
        service db
        role lead { responds 5m..15m }
        role dba { hours mon..fri 08:00..18:00; responds 5m..20m; responds 30m..60m outside hours }
        procedure fix { recovers db; step first { by dba; takes 1m; manual "x" } }
        scenario down { fails db; detected after 1m }
    )"));
    diagnostics::Sink sink;
    const Plan plan = sema::compile(sources, sink);
    REQUIRE_FALSE(sink.has_errors());
    const Estimate e = only(plan);
    CHECK(e.start == 26min);
    CHECK(e.schedule.at(0).begin == 61min);
}

}  // namespace
}  // namespace muster::analysis
