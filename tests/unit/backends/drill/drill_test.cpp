#include "backends/drill/drill.h"

#include <catch2/catch.hpp>

#include "tests/unit/backends/compiled.h"
#include "tests/unit/backends/runbook/shell.h"

using namespace muster;
using namespace muster::backends;

namespace {

Files drills(const std::string& folder) {
    const Compiled plan = compiled_folder(folder);
    return drill::drills(plan.plan, plan.sources, test_date);
}

}  // namespace

TEST_CASE("nexus: every drill has a script, clean under shellcheck and shfmt") {
    for (const std::string folder : {"plans/nexus", "plans/nexus/repaired"}) {
        const Files files = drills(folder);
        REQUIRE(files.size() == 3);
        CHECK(files[0].path == "drills/monthly.sh");
        for (const File& file : files) {
            INFO(file.path);
            CHECK(file.executable);
            if (runbook::is_installed("shellcheck")) CHECK(runbook::run_on(file.content, "shellcheck --enable=all --norc").output == "");
            if (runbook::is_installed("shfmt")) CHECK(runbook::run_on(file.content, "shfmt -i 2 -d").output == "");
        }
    }
}

TEST_CASE("a drill restores into its namespace, and leaves to people what it cannot do") {
    const std::string script = drills("plans/nexus/repaired")[0].content;
    const auto has = [&](std::string_view part) { return script.find(part) != std::string::npos; };
    CHECK(has("readonly namespace='nexus-dr-restore'\n"));
    CHECK(has("restore_names=('nexus-db from dump in backups')\n"));
    CHECK(has("how=('' '' '1' '' '' '' '' '')\n"));
    CHECK(has("planned_ms=('60000' '300000' '2500000' '2700000' '300000' '120000' '600000' '60000')\n"));
    CHECK(has("services=('what holds nexus-db')\n"));
    CHECK(has("service_rto_ms=('3600000')\n"));
    CHECK(has("data_rpo_ms=('900000')\n"));
    CHECK(has("  check_sql 'drill-nexus-db-1' 'SELECT count(*) > 0 FROM transactions'\n"));
    CHECK(has("steps=('dr-drill.create-environment' "));
    CHECK(has("'All services operational'"));
}

TEST_CASE("a drill of a scenario has its times, what waits for what, and the steps that services are back with") {
    const Compiled plan = compiled(
        "plan p\nrole ops { responds 1m }\nservice db { rto 1h; starts in 30s }\nservice web { rto 1h; needs db }\n"
        "procedure fix { recovers db; step look { by ops; takes 1m; manual \"Look\" }; step restart { by ops; takes 2m; restart db } }\n"
        "scenario crash { fails db; detected after 1m }\ndrill walk { exercises scenario crash; every month; expects rto }\n");
    const std::string script = drill::drills(plan.plan, plan.sources, test_date).front().content;
    const auto has = [&](std::string_view part) { return script.find(part) != std::string::npos; };
    CHECK(has("steps=('fix.look' 'fix.restart')\n"));
    CHECK(has("runbooks=('step 1 of runbooks/crash.md' 'step 2 of runbooks/crash.md')\n"));
    CHECK(has("after=('' '0')\n"));
    CHECK(has("begins_ms=('120000' '180000')\n"));
    CHECK(has("ends_ms=('180000' '300000')\n"));
    CHECK(has("services=('db' 'web')\n"));
    CHECK(has("service_planned_ms=('330000' '330000')\n"));
    CHECK(has("closing=('0:30000 1:30000' '0:30000 1:30000')\n"));
}

TEST_CASE("only a procedure to which no disaster turns has its commands run by the drill") {
    const std::string text =
        "plan p\nsite main { cluster \"c\" }\nrole ops { responds 1m }\nservice db { at main }\n"
        "procedure script { step make { automatic; on main; takes 1m; run \"echo made\" }; step look { by ops; takes 1m; run \"echo "
        "looked\" } }\n"
        "procedure fix { step one { automatic; takes 1m; run \"echo fixed\" } }\n"
        "procedure back { recovers db; step two { automatic; takes 1m; run \"echo back\" } }\n"
        "scenario crash { fails db; detected after 1m; follow back otherwise fix }\n"
        "drill all { exercises procedure script, procedure fix, procedure back; every month }\n";
    const Compiled plan = compiled(text);
    const std::string script = drill::drills(plan.plan, plan.sources, test_date).front().content;
    CHECK(script.find("commands=('echo made' '' '' '')\n") != std::string::npos);
    CHECK(script.find("clusters=('c' '' '' '')\n") != std::string::npos);
    const auto ran = [&](const std::string& how) { return runbook::run_on(script, how + " PATH=/usr/bin:/bin bash 2>&1").output; };
    CHECK(ran("MUSTER_COMMANDS=yes").find("\nmade\n") != std::string::npos);
    CHECK(ran("MUSTER_COMMANDS=yes").find("\"name\":\"script.make\",\"result\":\"passed\"") != std::string::npos);
    CHECK(ran("").find("\nmade\n") == std::string::npos);
}

TEST_CASE("a drill of which nothing can be done by itself says so, and needs no cluster") {
    const auto ran = runbook::run_on(drills("plans/nexus")[0].content, "PATH=/usr/bin:/bin bash 2>/dev/null");
    CHECK(ran.status == 0);
    CHECK(ran.output.find("\"result\":\"by-hand\"") != std::string::npos);
}
