#include "backends/review/review.h"

#include <catch2/catch.hpp>

#include "tests/unit/backends/compiled.h"
#include "tests/unit/compiler/evidence/chain.h"

using namespace muster;
using backends::Compiled;
using evidence::testing::Chain;

namespace {

constexpr std::string_view text = R"drp(
plan shop
role ops { responds 1m }
service db { rto 10m; starts in 30s }
service web { rto 10m; needs db }
procedure fix {
  recovers db
  step look { by ops; takes 1m; manual "Look" }
  step restart { by ops; takes 2m; restart db }
}
scenario crash { fails db; detected after 1m }
)drp";

bool has(const std::string& page, std::string_view part) { return page.find(part) != std::string::npos; }

std::string review(const Compiled& plan, const Chain& chain) {
    const auto estimates = analysis::estimate_all(plan.plan, analysis::Schedules(plan.plan, backends::test_date));
    const auto run = evidence::read_evidence(chain.text());
    REQUIRE(run.has_value());
    return backends::page::markdown(backends::review::review_of(plan.plan, &estimates.front(), *run));
}

// The clock started two minutes before the first line, as the plan has it.
Chain begun(const Compiled& plan) {
    using namespace std::chrono;
    const auto clock = sys_days{2026y / November / 20} + hours{2} + minutes{58};
    return Chain(plan.plan.hash, "crash")
        .add(0, "started", "", fmt::format(",\"clock_ms\":{}", duration_cast<milliseconds>(clock.time_since_epoch()).count()));
}

}  // namespace

TEST_CASE("a review says what was reached, what took longer and what waited", "[review]") {
    const Compiled plan = backends::compiled(text);
    const std::string page = review(plan, begun(plan)
                                              .part(0, 60, "manual", "fix.look")
                                              .add(60, "done", "fix.look")
                                              .part(460, 470, "action", "fix.restart", 1, 1)
                                              .part(480, 720, "action", "fix.restart", 2)
                                              .add(720, "done", "fix.restart")
                                              .add(721, "finished"));
    CHECK(has(page, "| db | 10m | 5m30s | 14m30s | **missed** |"));
    CHECK(has(page, "| fix.look | 2m | 3m | 1m | 1m | 0s | 1 |  |"));
    CHECK(has(page, "| fix.restart | 10m | 14m | 4m | 2m | +2m | 2 |  |"));
    CHECK(has(page, "| fix.restart | fix.look | 7m |"));
    CHECK(has(page, "action, exit code 1"));
    CHECK(has(page, "fix.restart took 4m and is planned with 2m"));
    CHECK(has(page, "fix.restart failed 1 time before it was done"));
    CHECK(has(page, "db missed its RTO by 4m30s"));
}

TEST_CASE("a run that kept its objectives is told so, and one that never ended is not", "[review]") {
    const Compiled plan = backends::compiled(text);
    const Chain half = begun(plan).part(0, 50, "manual", "fix.look").add(50, "done", "fix.look");
    CHECK(has(review(plan, half), "| db | 10m | 5m30s |  | **not known** |"));
    CHECK(has(review(plan, half), "**Not finished; last line:**"));
    Chain whole = half;
    whole.part(50, 100, "action", "fix.restart").add(100, "done", "fix.restart").add(101, "finished");
    CHECK(has(review(plan, whole), "| db | 10m | 5m30s | 4m10s | met |"));
    CHECK(has(review(plan, whole), "| web | 10m | 5m30s | 4m10s | met |"));
}

TEST_CASE("what stands in evidence stays text", "[review]") {
    const Compiled plan = backends::compiled(text);
    const std::string page = review(
        plan, begun(plan).add(5, "failed", "<script>|`", ",\"because\":\"[x](javascript:y) # <img>\\n- [ ] x | y\"").add(6, "finished"));
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "<img"));
    CHECK_FALSE(has(page, "[x](javascript"));
    CHECK_FALSE(has(page, "\n- [ ] x"));
    CHECK(has(page, "&lt;script&gt;\\|\\`"));
}
