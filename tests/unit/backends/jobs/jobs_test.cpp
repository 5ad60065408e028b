#include "backends/jobs/jobs.h"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/unit/backends/compiled.h"

using namespace muster;
using namespace muster::backends;
using namespace std::chrono_literals;
using support::Time;

namespace {

constexpr std::string_view shop = R"drp(
plan shop { timezone "UTC" }
site main { cluster "a" }
site dr { standby; cluster "b" }
site other { cluster "c" }
service app { workload deployment/app in storefront; at main active; uses notes }
service db { workload statefulset/db in databases; at other active, main standby }
service moved { at dr standby }
data orders { in db; size 10GB; restores at 10MB/s }
data notes { size 1GB; restores at 10MB/s }
data b-c { in moved; size 1GB; restores at 10MB/s }
data c { in db; size 1GB; restores at 10MB/s }
store vault { s3 "v"; rate 100MB/s }
store slow { s3 "s"; rate 1MB/s }
backup nightly of orders { with pg_dump; every day at 02:00; takes 20m..45m; upload 5m; to vault, slow }
backup weekdays of orders { with pg_dump; cron "0 2 * * 1-5"; takes 45m; upload 5m; to vault; tolerates 1 missed }
backup sized of orders { with pg_dump; every day at 02:00; takes 10m; to vault, slow after 30d }
backup copied of notes { with tar; every 7h; takes 10m; upload 1m; to vault }
backup a of b-c { with pg_dump; every day; takes 1m; upload 1m; to vault }
backup a-b of c { with pg_dump; every day; takes 1m; upload 1m; to vault }
backup unscheduled of c { with pg_dump; to vault }
snapshot frozen of c { every hour; takes 1m; to vault }
)drp";

const jobs::Jobs& all() {
    static const Compiled made = compiled(shop);
    static const jobs::Jobs jobs = jobs::jobs_of(made.plan, test_date);
    return jobs;
}

const jobs::Job& job(const std::string& name) {
    const auto found = std::find_if(all().all.begin(), all().all.end(), [&](const jobs::Job& one) { return one.name == name; });
    INFO(name);
    REQUIRE(found != all().all.end());
    return *found;
}

}  // namespace

TEST_CASE("a backup is overdue after the longest gap, its duration and the longest upload, which is the loss that the report shows") {
    CHECK(job("backup-nightly-orders").overdue_after == Time{24h + 45min + 5min});
    CHECK(job("backup-weekdays-orders").overdue_after == Time{96h + 45min + 5min});
    CHECK(job("backup-sized-orders").overdue_after == Time{24h + 10min + 100s});
}

TEST_CASE("where a guard skips starts, a success is overdue when the line has a gap") {
    CHECK(job("backup-copied-notes").overdue_after == Time{1h + 10min + 1min});
}

TEST_CASE("a run may take twice what is planned, uploads one after the other") {
    CHECK(job("backup-nightly-orders").planned == Time{45min + 2 * 5min});
    CHECK(job("backup-nightly-orders").deadlines.active == 2 * 55 * 60);
}

TEST_CASE("a backup runs where its data is held, else at the first active site, in the namespace of what holds or uses it") {
    CHECK(job("backup-nightly-orders").site == "other");
    CHECK(job("backup-nightly-orders").in_namespace == "databases");
    CHECK(job("backup-copied-notes").site == "main");
    CHECK(job("backup-copied-notes").in_namespace == "storefront");
}

TEST_CASE("jobs that would have one name have two") {
    std::set<std::string> names;
    std::set<std::pair<std::string, std::string>> at_sites;
    for (const jobs::Job& one : all().all) names.insert(one.name), at_sites.insert({one.site, one.name});
    CHECK(at_sites.size() == all().all.size());
    CHECK(names.size() == 7);
    CHECK(names.count("backup-a-b-c") == 0);
}

TEST_CASE("what is no job is said with the reason") {
    REQUIRE(all().left_out.size() == 2);
    CHECK(all().left_out[0].what == "backup sized of orders, moved to slow after 30d");
    CHECK(all().left_out[1].what == "backup unscheduled of c");
    CHECK(all().left_out[1].why == "it has no schedule");
}

TEST_CASE("a log is shipped by a job where the plan says so, and left out with the reason where none can") {
    const Compiled plan = compiled(R"drp(
plan shop { timezone "UTC" }
site main { cluster "a" }
site dr { standby; cluster "b" }
service db { workload statefulset/db in databases; at main active, dr standby; engine postgres 15 }
service cache { workload statefulset/cache in shop; at main active; engine redis }
data orders { in db; size 10GB; restores at 10MB/s }
data carts { in cache; size 1GB; restores at 10MB/s }
store vault { s3 "v"; rate 100MB/s }
backup base of orders { with pg_basebackup; every day; takes 1m; upload 1m; to vault }
archive wal of orders { with pg_receivewal; every 5m; upload 30s; to vault; base base }
archive own of orders { with archive_command; every 5m; upload 30s; to vault; base base }
archive quick of orders { with pg_receivewal; every 30s; to vault; base base }
archive idle of orders { with pg_receivewal; to vault; base base }
archive nowhere of orders { with pg_receivewal; every 5m; base base }
archive aof of carts { with pg_receivewal; every 5m; to vault }
)drp");
    const jobs::Jobs made = jobs::jobs_of(plan.plan, test_date);
    std::vector<const jobs::Job*> logs;
    for (const jobs::Job& one : made.all)
        if (one.kind == jobs::Job::Kind::log) logs.push_back(&one);
    REQUIRE(logs.size() == 2);
    CHECK(logs[0]->name == "archive-wal-orders");
    CHECK(logs[0]->in_namespace == "databases");
    CHECK(logs[0]->line.cron == "*/5 * * * *");
    CHECK(logs[0]->overdue_after == Time{5min + 30s});
    CHECK(logs[0]->deadlines.active == 270);
    CHECK(logs[1]->site == "dr");
    CHECK(logs[1]->standby);
    std::map<std::string, std::string> why;
    for (const jobs::LeftOut& one : made.left_out) why[one.what] = one.why;
    CHECK(why.at("archive quick of orders") == "no CronJob starts more often than every minute");
    CHECK(why.at("archive idle of orders") == "it has no interval");
    CHECK(why.at("archive nowhere of orders") == "it names no store");
    CHECK(why.at("archive aof of carts") == "pg_receivewal ships the log of PostgreSQL alone");
    CHECK(why.count("archive own of orders") == 0);
}

TEST_CASE("Secrets are backed up only where they are encrypted") {
    const auto made = [](const std::string& clauses) {
        const Compiled plan = compiled(
            "plan shop { timezone \"UTC\" }\ndata keys { size 1MB; restores at 1MB/s }\nstore vault { s3 \"v\"; rate 1MB/s }\n"
            "backup s of keys { with kubectl-secrets; every day; takes 1m; upload 1m; to vault" +
            clauses + " }\n");
        return jobs::jobs_of(plan.plan, test_date);
    };
    CHECK(made("; encrypt age key \"k\"").all.size() == 1);
    CHECK(made("").all.empty());
    REQUIRE(made("").left_out.size() == 1);
    CHECK(made("").left_out.front().why == "it is not encrypted: whoever reaches the store would read the Secrets");
}
