#include "backends/jobs/retention.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <set>

#include "backends/jobs/jobs.h"
#include "backends/jobs/parts.h"
#include "tests/unit/backends/compiled.h"
#include "tests/unit/backends/runbook/shell.h"

using namespace muster;
using namespace muster::backends;
using runbook::run_on;

namespace {

using std::chrono::hours;
using std::chrono::sys_seconds;

std::string stamp_of(sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z.dump", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

// A store that is a list of names, and a clock that stands still. Prints what is left of it after each run was stored and pruned.
std::string pruned(const std::string& keep, const std::vector<sys_seconds>& runs) {
    std::string text = "set -euo pipefail\nlog() { :; }\nfail() { echo \"FAILED: $*\"; exit 1; }\n" + jobs::part("prune") + R"(
list_runs() { mapfile -t whole < <(printf '%s\n' "${store[@]}" | sort); unfinished=(); }
discard() {
  local name left=()
  if [[ "$3" == *.json || "$3" == *.sha256 ]]; then return; fi
  for name in "${store[@]}"; do if [[ "${name}" != "$3" ]]; then left+=("${name}"); fi; done
  store=("${left[@]}")
}
unset EPOCHSECONDS
store=()
)" + "keep=(" + keep + ")\n";
    for (const sys_seconds run : runs)
        text += fmt::format("EPOCHSECONDS={} store+=({})\nprune folder '' '' {}\n", run.time_since_epoch().count(), stamp_of(run),
                            stamp_of(run));
    return run_on(text + "printf '%s\\n' \"${store[@]}\"\n", "bash").output;
}

std::vector<sys_seconds> every(hours step, sys_seconds from, int count) {
    std::vector<sys_seconds> runs;
    for (int i = 0; i < count; ++i) runs.push_back(from + i * step);
    return runs;
}

// What has to be there, told independently of the script: of each period the first run, as long as it is young enough.
std::string expected(const std::map<std::string, hours>& keep, const std::vector<sys_seconds>& runs) {
    std::set<std::string> names{stamp_of(runs.back()), stamp_of(runs[runs.size() - 2])};
    for (const auto& [grade, length] : keep) {
        std::set<std::string> seen;
        for (const sys_seconds run : runs) {
            const auto day = std::chrono::floor<std::chrono::days>(run);
            const auto monday = day - (std::chrono::weekday{day} - std::chrono::Monday);
            const std::string period = grade == "daily"     ? stamp_of(run).substr(0, 8)
                                       : grade == "weekly"  ? stamp_of(sys_seconds{monday})
                                       : grade == "monthly" ? stamp_of(run).substr(0, 6)
                                                            : stamp_of(run);
            if (seen.insert(period).second && run + length >= runs.back()) names.insert(stamp_of(run));
        }
    }
    std::string text;
    for (const std::string& name : names) text += name + "\n";
    return text;
}

constexpr sys_seconds new_year{std::chrono::sys_days{std::chrono::year{2024} / 1 / 1}};

}  // namespace

TEST_CASE("of each period of each grade the first run is kept, for its length, whatever came between") {
    const auto hourly = every(hours{6}, new_year + hours{1}, 200);
    CHECK(pruned("all:86400 daily:604800", hourly) == expected({{"all", hours{24}}, {"daily", hours{24 * 7}}}, hourly));
    const auto daily = every(hours{25}, new_year, 130);
    CHECK(pruned("daily:604800 weekly:3024000 monthly:10368000", daily) ==
          expected({{"daily", hours{24 * 7}}, {"weekly", hours{24 * 35}}, {"monthly", hours{24 * 120}}}, daily));
}

TEST_CASE("the newest run and the one before it are never removed, however old that is") {
    CHECK(pruned("all:60", {new_year, new_year + hours{24}, new_year + hours{24 * 400}}) ==
          stamp_of(new_year + hours{24}) + "\n" + stamp_of(new_year + hours{24 * 400}) + "\n");
}

TEST_CASE("a run that is later than now stops the removal") {
    const std::string said = pruned("all:60", {new_year, new_year + hours{24}, new_year + hours{1}});
    CHECK(said.find("FAILED: stored, but 20240102T000000Z.dump in / is later than now: a clock is wrong") == 0);
}

TEST_CASE("restic is told the same in its own words, and what is kept forever has no line") {
    const Compiled plan = compiled(R"drp(
plan p { timezone "UTC" }
data d { files "/srv"; size 1GB; restores at 1MB/s }
store a { s3 "a"; rate 1MB/s }
store b { s3 "b"; rate 1MB/s }
backup x of d { with restic; every day; takes 1m; upload 1m; to a, b; keep 7d, 4w weekly in a, forever in b }
)drp");
    const model::Backup& backup = *plan.plan.copies.begin()->backup();
    const auto stores = plan.plan.stores.ids();
    const auto in_a = jobs::kept_in(plan.plan, backup, *stores.begin());
    CHECK(jobs::kept_words(in_a) == "all:604800 weekly:2419200");
    CHECK(jobs::kept_options(in_a) == " --keep-within 168h --keep-within-weekly 672h");
    CHECK(jobs::kept_in(plan.plan, backup, *std::next(stores.begin())).empty());
    CHECK(jobs::runs_kept(plan.plan, backup, *stores.begin(), test_date) == 7 + 5 + 2);
}

TEST_CASE("what is moved within a bucket is kept there as long as the plan says of where it gets to") {
    const Compiled plan = compiled(R"drp(
plan p { timezone "UTC" }
data d { files "/srv"; size 1GB; restores at 1MB/s }
store near { s3 "a"; rate 1MB/s }
store cold { s3 "a"; rate 1MB/s; storage glacier retrieval 4h }
store other { s3 "b"; rate 1MB/s }
backup x of d {
  with tar
  every day
  takes 1m
  upload 1m
  to near, cold after 30d, other after 90d
  keep 30d daily in near, 12mo monthly in cold, 5y yearly in other
}
)drp");
    const model::Backup& backup = *plan.plan.copies.begin()->backup();
    CHECK(jobs::kept_words(jobs::kept_in(plan.plan, backup, *plan.plan.stores.ids().begin())) == "daily:2592000 monthly:31104000");
    const auto left_out = jobs::jobs_of(plan.plan, test_date).left_out;
    REQUIRE(left_out.size() == 2);
    CHECK(left_out[0].what == "backup x of d, moved to cold after 30d");
    CHECK(left_out[0].why == "a lifecycle rule of a changes its storage class; the job keeps it as long as the plan says");
    CHECK(left_out[1].what == "backup x of d, moved to other after 90d");
    CHECK(left_out[1].why == "no job copies from store to store");
}
