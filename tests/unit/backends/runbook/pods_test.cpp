// No step runs in pods that an earlier one took away, or in those of the wrong server.
#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "backends/runbook/runbook.h"
#include "compiler/analysis/estimate.h"
#include "tests/unit/backends/compiled.h"

using namespace muster;
using namespace muster::backends;

namespace {

constexpr std::string_view shop = R"drp(
plan shop
site main { cluster "prod" }
site dr { standby; cluster "dr" }
service db { workload statefulset/db in shop; engine postgres; at main active, dr standby }
data orders { in db; size 1GB; restores at 10MB/s; rpo 2d }
store vault { s3 "vault"; rate 100MB/s }
backup nightly of orders { with pg_dump; every day at 02:00; takes 1m; upload 1m; to vault; keep 30d }
replica beside of orders { from main to main; mode async; lag 30s }
replica away of orders { from main to dr; mode async; lag 30s }
procedure back { recovers db; STEPS }
scenario broken { fails db; recover db with back }
)drp";

std::string runbook_with(const std::string& steps) {
    std::string text(shop);
    text.replace(text.find("STEPS"), 5, steps);
    const Compiled plan = compiled(text);
    return runbook::runbooks(plan.plan, plan.sources, analysis::estimate_all(plan.plan, analysis::Schedules(plan.plan, test_date)))[0]
        .content;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

constexpr const char* stop_db = "step stop { automatic; on main; takes 1m; scale db to 0 }\n";
constexpr const char* restore_db =
    "step load { automatic; on main; restore orders from nightly; verify sql \"SELECT count(*) > 0 FROM orders\" }";

// The word behind `--context=` or `postgres_in`.
std::string context_of(const std::string& line) {
    for (const std::string_view mark : {"--context=", "postgres_in "}) {
        const auto at = line.find(mark);
        if (at != std::string::npos) return line.substr(at + mark.size(), line.find(' ', at + mark.size()) - at - mark.size());
    }
    return {};
}

// The lines of a runbook that run something in pods of a workload that a line before has scaled to 0 there. What a person is told to do
// with it may have started it again.
std::vector<std::string> lines_without_pods(const std::string& script) {
    std::vector<std::string> found;
    std::set<std::pair<std::string, std::string>> gone;
    std::istringstream lines(script);
    for (std::string line; std::getline(lines, line) && !has(line, "# What the operator sees");) {
        line.erase(std::remove(line.begin(), line.end(), '\''), line.end());
        constexpr std::string_view scales = "  scale_workload ";
        if (line.starts_with(scales)) {
            const std::string workload = line.substr(scales.size(), line.find(' ', scales.size()) - scales.size());
            if (has(line, workload + " 0 ")) gone.insert({context_of(line), workload});
            else gone.erase({context_of(line), workload});
        }
        if (has(line, "[manual]=")) std::erase_if(gone, [&](const auto& one) { return has(line, one.second); });
        for (const auto& [context, workload] : gone) {
            const std::string here = context_of(line);
            if (!here.empty() && !context.empty() && here != context) continue;
            const std::string as_service = "service/" + workload.substr(workload.find('/') + 1) + " ";
            const bool runs = has(line, " exec ") || has(line, "postgres_in ");
            if (runs && (has(line + " ", workload + " ") || has(line, as_service))) found.push_back(line);
        }
    }
    return found;
}

}  // namespace

TEST_CASE("no runbook of the plans runs something in a workload that it has scaled to 0", "[runbook]") {
    for (const std::string folder : {"plans/nexus", "plans/nexus/repaired"}) {
        const Compiled plan = compiled_folder(folder);
        for (const File& file :
             runbook::runbooks(plan.plan, plan.sources, analysis::estimate_all(plan.plan, analysis::Schedules(plan.plan, test_date)))) {
            INFO(file.path);
            if (file.executable) CHECK(lines_without_pods(file.content) == std::vector<std::string>{});
        }
    }
    CHECK(lines_without_pods("  scale_workload 'statefulset/db' 0 kubectl\n  kubectl exec service/db -- psql").size() == 1);
    CHECK(lines_without_pods("  scale_workload 'statefulset/db' 0 kubectl\n  check_sql '' postgres_in 'a' 'b' 'statefulset/db'").size() ==
          1);
}

TEST_CASE("a restore into what was scaled to 0 is asked of a person, with the reason", "[runbook]") {
    const std::string script = runbook_with(std::string(stop_db) + restore_db);
    CHECK(lines_without_pods(script) == std::vector<std::string>{});
    CHECK(has(script,
              "[manual]=$'Restore orders from nightly in vault (s3 vault).\\nStep back.stop has scaled statefulset/db to 0: no command can "
              "run in its pods.'"));
    CHECK(has(script, "[confirm]=$'db has to say yes to: SELECT count(*) > 0 FROM orders\\nStep back.stop has scaled"));
    CHECK(has(runbook_with(restore_db), "  load_postgres \"${file}\" postgres_in 'prod' 'shop' 'statefulset/db'\n"));
}

TEST_CASE("where a log cannot be replayed by a command, a person is told why and how", "[runbook]") {
    std::string steps = "step load { automatic; on main; restore orders from log }\n}\n";
    steps += "backup base of orders { with pg_basebackup; every day at 01:00; takes 1m; upload 1m; to vault; keep 30d }\n";
    steps += "archive log of orders { every 5m; to vault; keep 30d; base base; encrypt age key \"tests\"";
    const std::string script = runbook_with(steps);
    CHECK(has(script, "the data directory is in the pods of statefulset/db, which have to be stopped for it."));
    CHECK(has(script, "base in s3 vault/base/orders/"));
    CHECK(has(script, "aws s3 cp \\'s3://vault/log/orders/%f.age\\'"));
    CHECK_FALSE(has(script, "  replay_postgres "));
}

TEST_CASE("what is scaled up again has pods, as may what files or a text of the plan bring back", "[runbook]") {
    for (const std::string between : {"scale db to 1", "apply \"db.yaml\"", "run \"kubectl scale statefulset db --replicas 1\""})
        CHECK(has(runbook_with(stop_db + ("step again { automatic; on main; takes 1m; " + between + " }\n") + restore_db),
                  "  load_postgres "));
    CHECK_FALSE(
        has(runbook_with(std::string(stop_db) + "step look { automatic; takes 1m; run \"date\" }\n" + restore_db), "  load_postgres "));
}

TEST_CASE("the pods of another site are others", "[runbook]") {
    const std::string promote =
        "step promote { automatic; on dr; takes 1m; promote away of orders; verify sql \"SELECT NOT pg_is_in_recovery()\" }";
    const std::string script = runbook_with(stop_db + promote);
    CHECK(has(script, "promote_postgres 'orders' postgres_in 'dr' 'shop' 'statefulset/db'\n"));
    CHECK(has(script, "check_sql 'SELECT NOT pg_is_in_recovery()' postgres_in 'dr' 'shop' 'statefulset/db'\n"));
}

TEST_CASE("a replica beside its primary is not looked for in the primary's pods", "[runbook]") {
    const std::string script =
        runbook_with("step promote { automatic; takes 1m; promote beside of orders; verify sql \"SELECT NOT pg_is_in_recovery()\" }");
    CHECK_FALSE(has(script, " postgres_in 'prod'"));
    CHECK(has(script,
              "[manual]=$'Promote beside of orders to primary.\\nThe plan does not say in which pods the replica runs; those of "
              "statefulset/db are the primary\\'s.'"));
    CHECK(has(script, "[confirm]=$'db has to say yes to: SELECT NOT pg_is_in_recovery()\\nThe plan does not say"));
}

TEST_CASE("a statefulset that is cut off is gone before the next step", "[runbook]") {
    const std::string wait =
        "  kubectl --context='prod' --namespace='shop' wait 'statefulset/db' --for='jsonpath={.status.replicas}=0' --timeout=";
    CHECK(has(runbook_with(stop_db), wait + "120s\n"));
    CHECK(has(runbook_with("step stop { automatic; on main; takes 5m; scale db to 0 }"), wait + "600s\n"));
    CHECK_FALSE(has(runbook_with("step start { automatic; on main; takes 1m; scale db to 1 }"), " wait 'statefulset"));
}
