#include "backends/runbook/failback.h"

#include <catch2/catch.hpp>

#include "backends/runbook/runbook.h"
#include "tests/unit/backends/compiled.h"
#include "tests/unit/backends/runbook/shell.h"

using namespace muster;
using namespace muster::backends;

namespace {

constexpr std::string_view plan_text = R"drp(
plan shop { declare by lead takes 1m }
site main { cluster "main" }
site dr { standby warm; cluster "dr" }
link wan { between main and dr; bandwidth 10MB/s }
role lead
role dba
channel chat { slack "#x" }
message down { to chat; on detection; text "We are down" }
service db { workload statefulset/db in shop; engine postgres 15; at main active, dr standby }
service web { workload deployment/web in shop; at main active, dr standby; needs db; replicas 4 }
data orders { in db; size 6GB; restores at 20MB/s }
replica standby of orders { from main to dr; lag 1s }
procedure move {
  recovers db, web
  step promote { by dba; on dr; takes 2m; promote standby of orders }
  step start { by dba; on dr; takes 1m; scale web to 3 }
  step names { by lead; takes 3m; switch dns "shop.example" to dr ttl 1m }
  step open "Open the gate" { by lead; on dr; takes 1m; manual "Open it"; undo manual "Close it" }
  step cache "Warm the cache" { by lead; on dr; takes 1m; run "warm" }
  step tell { takes 1s; notify chat }
}
procedure again { recovers web; step restart { by lead; takes 1m; restart web } }
scenario outage { fails site main; detected after 1m; follow move }
scenario crash { fails web; detected after 1m; follow again }
)drp";

const File* file(const Files& files, std::string_view path) {
    for (const File& one : files)
        if (one.path == path) return &one;
    return nullptr;
}

Files runbooks(std::string_view text) {
    const Compiled plan = compiled(text);
    return runbook::runbooks(plan.plan, plan.sources, analysis::estimate_all(plan.plan, analysis::Schedules(plan.plan, test_date)));
}

std::vector<std::string> steps_of(const std::string& page) {
    std::vector<std::string> names;
    for (std::size_t at = page.find("\n## "); at != std::string::npos; at = page.find("\n## ", at + 1)) {
        const std::string title = page.substr(at + 4, page.find('\n', at + 1) - at - 4);
        if (title.find(". ") != std::string::npos) names.push_back(title.substr(title.find(". ") + 2));
    }
    return names;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the way back follows, agrees, stops, hands over, starts, switches, looks, and then stands by again", "[runbook]") {
    const Files files = runbooks(plan_text);
    const std::string& page = file(files, "runbooks/failback-outage.md")->content;
    CHECK(steps_of(page) == std::vector<std::string>{"back.ready", "back-db.keep-off", "back-db.seed", "back-db.near", "back.agree",
                                                     "back.tell", "back-web.stop", "back-db.last-write", "back-db.release",
                                                     "back-db.promote", "back-web.start", "back.names", "back.look", "back.tell-2",
                                                     "back-db.stand-by", "back.undo-open", "back.tidy"});
    CHECK(file(files, "runbooks/failback-crash.sh") == nullptr);
    CHECK(has(file(files, "runbooks/README.md")->content,
              "| outage | [failback-outage.sh](failback-outage.sh), [read](failback-outage.md) |"));
}

TEST_CASE("each step of the way back acts where it has to", "[runbook]") {
    const Files files = runbooks(plan_text);
    const std::string& script = file(files, "runbooks/failback-outage.sh")->content;
    CHECK(has(script, "undertaking='failback after outage'"));
    CHECK(has(script, "scale_workload 'statefulset/db' 0 kubectl --context='main' --namespace='shop'"));
    CHECK(has(script, "scale_workload 'deployment/web' 0 kubectl --context='dr' --namespace='shop'"));
    CHECK(has(script, "scale_workload 'statefulset/db' 0 kubectl --context='dr' --namespace='shop'"));
    CHECK(has(script, "scale_workload 'deployment/web' 4 kubectl --context='main' --namespace='shop'"));
    CHECK(has(script, "postgres_in 'main' 'shop' 'statefulset/db'"));
    CHECK(has(script, "  promote_postgres 'orders' postgres_in 'main' 'shop'"));
    CHECK(has(script, "pg_stat_replication"));
    CHECK(has(script, "at site main"));
    CHECK(has(script, "Close it"));
    CHECK_FALSE(has(script, "We are down"));
}

TEST_CASE("copying takes what the slower of the link and the loading gives", "[runbook]") {
    const std::string page = file(runbooks(plan_text), "runbooks/failback-outage.md")->content;
    CHECK(has(page, "- **Takes:** up to 10m\n"));
    CHECK(has(page, "Services are away from step 7 to step 13: by the plan 9m."));
}

TEST_CASE("scripts of the way back are clean", "[runbook]") {
    for (const File& one : runbooks(plan_text)) {
        if (!one.executable) continue;
        INFO(one.path);
        CHECK(runbook::run_on(one.content, "bash -n").status == 0);
        if (runbook::is_installed("shellcheck")) CHECK(runbook::run_on(one.content, "shellcheck -o all").output.empty());
        if (runbook::is_installed("shfmt")) CHECK(runbook::run_on(one.content, "shfmt -i 2 -d").output.empty());
    }
}

TEST_CASE("where both places are in one cluster, no command stops the wrong one", "[runbook]") {
    const std::string text =
        "plan shop\nsite main { cluster \"main\"; zones a, b }\nrole dba\n"
        "service db { workload statefulset/db in shop; engine postgres; at main/a active, main/b standby }\n"
        "data orders { in db }\nreplica standby of orders { from main/a to main/b; lag 1s }\n"
        "procedure move { recovers db; step promote { by dba; takes 1m; promote standby of orders } }\n"
        "scenario zone { fails zone a of main; detected after 1m }\n";
    const std::string script = file(runbooks(text), "runbooks/failback-zone.sh")->content;
    CHECK_FALSE(has(script, "--replicas=0"));
    CHECK(has(script, "Stop the old primary of orders in db (statefulset/db) in main/a."));
}
