#include "backends/jobs/script.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "backends/jobs/drill_script.h"
#include "tests/unit/backends/compiled.h"
#include "tests/unit/backends/runbook/shell.h"

using namespace muster;
using namespace muster::backends;
using runbook::is_installed;
using runbook::run_on;

namespace {

// Texts of a plan that would break out of YAML, bash or JSON if they could.
constexpr std::string_view hostile = R"drp(
plan hostile "O'Brien \"$(touch /tmp/muster-was-here)\" `reboot`" { timezone "Europe/Berlin" }
site main { cluster "main'; touch /tmp/muster-was-here; '" }
service db { workload statefulset/"db'$(reboot)" in shop; engine postgres 15; at main active }
data orders { in db; files "/srv/it's $(here)", "--checkpoint-action=exec=reboot"; size 5GB; restores at 10MB/s }
data carts { in db; size 1GB; restores at 10MB/s }
store vault { s3 "bucket'; reboot; '/a b"; rate 100MB/s }
store shelf { volume "/srv/$(reboot)'"; at main }
store far { gcs "gs://other"; rate 10MB/s }
store odd { azure "blob'"; rate 10MB/s }
backup dump of orders, carts { with pg_dump; every 7h; takes 10m; upload 5m; to vault, shelf, far, odd; keep 7d daily, 30d weekly in vault, forever in shelf
  encrypt gpg key "it's $(a) key"; verify { every first monday at 09:30; by restore; check sql "SELECT '$(reboot)' <> ''" } }
backup base of orders { with pg_basebackup; every day at 03:00; takes 10m; upload 5m; to vault; encrypt age key "k"; verify { every week; by restore } }
backup packed of orders { with tar; every last sunday at 02:00; takes 10m; upload 5m; to vault; image "registry.example.com/backup:1\n: {"
  verify { every month; by checksum }; verify { every day; by listing } }
backup snapped of orders { with restic; every 15m; takes 1m; upload 1m; to vault, shelf, odd; keep 30d; verify { every week; by restore; check run "test -e 'x' # $(y)" } }
backup objects of carts { with kubectl; every hour; takes 1m; upload 1m; to vault; verify { every week; check run "grep -q kind: \"$MUSTER_RESTORED\"/objects.yaml" } }
backup strange of carts { with dbdump; every day; takes 1m; upload 1m; to vault }
backup ours of carts { every day; takes 1m; upload 1m; to vault; using """
  echo "it's ours" > /tmp/x
  ---
  # not: [yaml
  """
}
backup documents of carts { with mongodump; every day; takes 1m; upload 1m; to vault; keep 7d; verify { every week; check run "true # '$(reboot)'" } }
backup cached of carts { with redis; every day; takes 1m; upload 1m; to vault; keep 7d; verify { every week; check run "true" } }
backup lite of orders { with sqlite; every day; takes 1m; upload 1m; to vault; keep 7d; verify { every week; check sql "SELECT '$(reboot)'" } }
store origin { git "--upload-pack=reboot'; reboot; '" }
repository pushed of carts { in origin }
backup bundled of carts { with git; every day; takes 1m; upload 1m; to vault; keep 7d; verify { every week; check run "true" } }
backup sealed of carts { with kubectl-secrets; every day; takes 1m; upload 1m; to vault; keep 7d; encrypt gpg key "it's $(a) key"; verify { every week; check run "grep -q '$(reboot)'" } }
backup operated of orders { with cnpg; every day; takes 1m; upload 1m; to vault; keep 7d }
archive log of orders, carts { with pg_receivewal; every 5m; upload 30s; to vault, shelf, far; base base; replay 1MB/s; keep 30d, forever in far; encrypt age key "it's $(a) key" }
backup cluster of carts { with velero; every day; takes 1m; upload 1m; to vault; keep 7d, 30d weekly }
snapshot volumes of orders { every 6h; takes 10m; to shelf; keep 7d, 30d weekly, 10y yearly }
procedure rebuild { recovers db
  step say "Say `reboot`" { manual "It's \\x $(reboot)"; takes 1m }
  step load { restore orders from dump; takes 1m }
  step unpack { restore orders from packed; takes 1m }
}
drill monthly "It's $(reboot)" { exercises procedure rebuild; exercises backup dump; every first monday at 10:00; in namespace scratch
  expects rto, rpo, "all 'well'; $(reboot)" }
)drp";

const Compiled& plan() {
    static const Compiled made = compiled(hostile);
    return made;
}

std::vector<std::pair<std::string, std::string>> all_scripts() {
    std::vector<std::pair<std::string, std::string>> scripts;
    for (const jobs::Job& job : jobs::jobs_of(plan().plan, test_date).all)
        scripts.emplace_back(job.name, job.drill
                                           ? jobs::drill_script(plan().plan, plan().sources, plan().plan.drills[*job.drill], test_date)
                                           : jobs::script_of(plan().plan, plan().sources, job));
    return scripts;
}

const jobs::Job& job(const jobs::Jobs& all, const std::string& name) {
    const auto found = std::find_if(all.all.begin(), all.all.end(), [&](const jobs::Job& one) { return one.name == name; });
    REQUIRE(found != all.all.end());
    return *found;
}

}  // namespace

TEST_CASE("every script of a job satisfies shellcheck and shfmt, whatever the plan says") {
    REQUIRE(all_scripts().size() == 28);
    for (const auto& [name, script] : all_scripts()) {
        INFO(name << "\n" << script);
        if (is_installed("shellcheck")) CHECK(run_on(script, "shellcheck --enable=all --norc").output == "");
        if (is_installed("shfmt")) CHECK(run_on(script, "shfmt -i 2 -d").output == "");
    }
}

TEST_CASE("no text of the plan is run when a script is") {
    std::filesystem::remove("/tmp/muster-was-here");
    for (const auto& [name, script] : all_scripts()) {
        INFO(name);
        const std::string shell = script.starts_with("#!/bin/sh") ? "sh" : "bash";
        for (const std::string words : {"", "make orders", "store vault", "fetch vault", "restore orders", "backup shelf"}) {
            // Of commands, only those of the shell itself.
            const std::string command =
                "f() { PATH=/nonexistent HOME=/nonexistent /bin/" + shell + " \"$1\" " + words + " >/dev/null 2>&1; }; f";
            CHECK(run_on(script, command).status != 0);
        }
    }
    CHECK_FALSE(std::filesystem::exists("/tmp/muster-was-here"));
}

TEST_CASE("a guard lets through the starts that the schedule means, and only those") {
    const jobs::Jobs all = jobs::jobs_of(plan().plan, test_date);
    for (const std::string name : {"backup-dump-orders-carts", "verify-dump-orders-carts", "backup-packed-orders", "drill-monthly"}) {
        const jobs::Job& one = job(all, name);
        REQUIRE(one.line.guarded());
        const analysis::Timetable meant(one.schedule), started(one.line.schedule());
        std::string expected;
        std::string script = "due() (\n  MUSTER_JOB=" + name + "-$1\n" + jobs::guard_of(one.line, jobs::Shell::sh) + "  echo \"$1\"\n)\n";
        auto start = started.next(test_date);
        for (int i = 0; i < 60; ++i, start = started.next(*start)) {
            const auto minute = std::chrono::duration_cast<std::chrono::minutes>(start->time_since_epoch()).count();
            script += fmt::format("due {}\n", minute);
            if (meant.next(*start - std::chrono::milliseconds{1}) == start) expected += fmt::format("{}\n", minute);
        }
        INFO(script);
        CHECK_FALSE(expected.empty());
        CHECK(run_on(script, "2>/dev/null sh").output == expected);
        const std::string plain = jobs::guard_of(one.line, jobs::Shell::sh);
        script.replace(script.find(plain), plain.size(), jobs::guard_of(one.line, jobs::Shell::bash));
        CHECK(run_on(script, "2>/dev/null bash").output == expected);
    }
}

TEST_CASE("what is started by hand is due") {
    const jobs::Jobs all = jobs::jobs_of(plan().plan, test_date);
    const std::string guard = jobs::guard_of(job(all, "verify-dump-orders-carts").line, jobs::Shell::bash);
    CHECK(run_on("MUSTER_JOB=tried-by-hand\n" + guard + "echo due\n", "bash").output == "due\n");
    CHECK(run_on("MUSTER_JOB=\n" + guard + "echo due\n", "bash").output == "due\n");
}

TEST_CASE("retention is per store, grade by grade, and none where it is forever") {
    const jobs::Jobs all = jobs::jobs_of(plan().plan, test_date);
    const std::string script = jobs::script_of(plan().plan, plan().sources, job(all, "backup-dump-orders-carts"));
    CHECK(script.find("prefix='a b/' keep=(daily:604800 weekly:2592000) ;;") != std::string::npos);
    CHECK(script.find("'far') kind='gcs' place='other' prefix='' keep=(daily:604800) ;;") != std::string::npos);
    CHECK(script.find("'odd') kind='azure'") != std::string::npos);
    CHECK(script.find("kind='folder' place='/stores/shelf' prefix='' keep=() ;;") != std::string::npos);
}

TEST_CASE("a drill rehearses what it can and leaves the rest to people") {
    const auto drills = jobs::drill_plan(plan().plan, *plan().plan.drills.begin(), jobs::Schedules(plan().plan, test_date));
    REQUIRE(drills.rehearsals.size() == 3);
    CHECK(plan().plan.data[drills.rehearsals[0].data].heading.name == "orders");
    CHECK(plan().plan.copies[drills.rehearsals[1].copy].heading.name == "packed");
    CHECK(plan().plan.data[drills.rehearsals[2].data].heading.name == "carts");
    const auto by_hand = std::ranges::find_if(drills.steps, [](const auto& step) { return step.rehearsals.empty(); });
    REQUIRE(by_hand != drills.steps.end());
    CHECK(by_hand->name == "rebuild.say");
    CHECK(by_hand->title == "Say `reboot`");
    CHECK(by_hand->text.starts_with("It's"));
}
