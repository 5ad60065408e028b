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
    CHECK(script.find("readonly namespace='nexus-dr-test' by_hand=6\n") != std::string::npos);
    CHECK(script.find("rehearse restore_1 'nexus-db from dump in backups' 2500 3600 900\n") != std::string::npos);
    CHECK(script.find("check_sql 'drill-nexus-db-1' 'SELECT count(*) > 0 FROM transactions'\n") != std::string::npos);
    CHECK(script.find("dr-drill.create-environment: Create test environment") != std::string::npos);
    CHECK(script.find("judge: All services operational") != std::string::npos);
}

TEST_CASE("a drill of which nothing can be done by itself says so, and needs no cluster") {
    const auto ran = runbook::run_on(drills("plans/nexus")[0].content, "PATH=/usr/bin:/bin bash 2>/dev/null");
    CHECK(ran.status == 0);
    CHECK(ran.output.find("\"result\":\"by-hand\"") != std::string::npos);
}
