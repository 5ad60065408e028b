#include "simulator/loss.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;
using support::never;
using testing::new_year;

constexpr int trials = 20'000;

// Data `d` of which `copies` are kept in the stores v and w; a scenario in which everything burns down but them, and one in which
// the data is damaged. In both a procedure gets it back with `step`.
model::Plan plan_with(std::string_view copies, std::string_view step, std::string_view undetected = "30m") {
    const std::string text(copies);
    return testing::plan_of(
        "plan p\nsite a\nsite b { standby }\nservice s { at a, b standby }\nstore v { s3 \"v\"; rate 1GB/s }\n"
        "store w { s3 \"w\"; rate 1GB/s }\ndata d { in s; size 1GB }\n" +
        text + "\nprocedure back { recovers s; step one { automatic; takes 1m; " + std::string(step) +
        " } }\n"
        "scenario fire { destroys site a; detected after 1m }\n"
        "scenario damage { corrupts d; undetected for " +
        std::string(undetected) + " }\n");
}

struct Losses {
    Time planned{0};
    std::vector<Time> sorted;

    Time least() const { return sorted.front(); }
    Time greatest() const { return sorted.back(); }
    Time mean() const {
        Time sum{0};
        for (const Time loss : sorted) sum += loss;
        return sum / trials;
    }
    double share_up_to(Time time) const {
        return static_cast<double>(std::upper_bound(sorted.begin(), sorted.end(), time) - sorted.begin()) / trials;
    }
    Time at(double share) const { return sorted[static_cast<std::size_t>(share * trials)]; }
};

Losses losses_in(const model::Plan& plan, std::string_view scenario, Time found) {
    const analysis::Estimate estimate =
        analysis::estimate(plan, testing::named(plan.scenarios, scenario), analysis::Schedules(plan, new_year));
    const bool damaged = scenario == "damage";
    const Loss loss(plan, estimate.data.front(), damaged, analysis::Schedules(plan, new_year));
    Losses losses;
    losses.planned = loss.in(Chance{}, new_year, found);
    CHECK(losses.planned ==
          estimate.data.front().rpa.value_or(estimate.data.front().verdict == analysis::Verdict::unknown ? unknown : never));
    for (int trial = 0; trial < trials; ++trial) {
        const Draws draws(5, static_cast<std::uint64_t>(trial));
        const Instant t0 = new_year + fraction(Time{std::chrono::weeks{52}}, draws.uniform(entity("moment"), 0, 0));
        losses.sorted.push_back(loss.in(Chance{draws}, t0, found));
    }
    std::sort(losses.sorted.begin(), losses.sorted.end());
    return losses;
}

bool near(Time a, Time b, Time tolerance) { return a - b <= tolerance && b - a <= tolerance; }

}  // namespace

// Outside truth of model.md: the loss of a backup with period T and duration D is uniform on [D, T + D].
TEST_CASE("the loss of a backup is uniform from its duration to its period and duration") {
    const auto plan = plan_with("backup b of d { every day at 02:00; takes 45m; upload 5m; to v }", "restore d from b");
    const Losses losses = losses_in(plan, "fire", 1min);
    CHECK(losses.planned == 24h + 50min);
    CHECK(losses.least() >= 50min);
    CHECK(near(losses.least(), 50min, 1min));
    CHECK(losses.greatest() <= 24h + 50min);
    CHECK(near(losses.greatest(), 24h + 50min, 1min));
    CHECK(near(losses.mean(), 50min + 12h, 10min));
    for (const double share : {0.1, 0.25, 0.5, 0.9})
        CHECK(near(losses.at(share), 50min + std::chrono::duration_cast<Time>(share * 24h), 15min));
}

TEST_CASE("a run that starts late, somewhere in the time that it has, loses that much more") {
    const auto plan = plan_with("backup b of d { every day at 02:00; starts within 2h; takes 45m; upload 5m; to v }", "restore d from b");
    const Losses losses = losses_in(plan, "fire", 1min);
    CHECK(losses.planned == 26h + 50min);
    CHECK(losses.least() >= 50min);
    CHECK(losses.greatest() <= losses.planned);
    CHECK(near(losses.mean(), 50min + 13h, 15min));
}

TEST_CASE("a delayed replica that says a lag is rolled forward") {
    const auto plan = plan_with("replica b of d { from a to b; mode async; delayed 1h; lag 1m..9m }", "promote b of d", "5m");
    const Losses losses = losses_in(plan, "damage", 5min);
    CHECK(losses.planned == 9min);
    CHECK(losses.least() >= 5min);
    CHECK(losses.greatest() <= 9min);
}

TEST_CASE("a backup of weekdays loses the weekend where the disaster falls into it") {
    const auto plan = plan_with("backup b of d { cron \"0 2 * * 1-5\"; takes 45m; upload 5m; to v }", "restore d from b");
    const Losses losses = losses_in(plan, "fire", 1min);
    CHECK(losses.planned == 72h + 50min);
    CHECK(losses.greatest() <= losses.planned);
    CHECK(near(losses.greatest(), losses.planned, 10min));
    // Of seven days two have no run: five times out of seven no more is lost than a day. Within four standard errors.
    CHECK(losses.share_up_to(24h + 50min) == Approx(5.0 / 7).margin(4 * std::sqrt(5.0 / 7 * 2 / 7 / trials)));
}

// With D unseen and a run that takes d, the newest clean run is uniform on [D, T + D] where D > d.
TEST_CASE("damage that goes unseen is lost on top of the backup's age") {
    const auto plan = plan_with("backup b of d { every 2h; takes 10m; upload 2m; to v }", "restore d from b");
    const Losses late = losses_in(plan, "damage", 30min);
    CHECK(late.planned == 2h + 30min);
    CHECK(late.least() >= 30min);
    CHECK(near(late.least(), 30min, 10s));
    CHECK(late.greatest() <= 2h + 30min);
    CHECK(near(late.mean(), 90min, 1min));
    const auto soon = plan_with("backup b of d { every 2h; takes 10m; upload 2m; to v }", "restore d from b", "5m");
    const Losses early = losses_in(soon, "damage", 5min);
    CHECK(early.planned == 2h + 12min);
    CHECK(early.least() >= 12min);
    CHECK(near(early.least(), 12min, 10s));
    CHECK(early.greatest() <= 2h + 12min);
    CHECK(near(early.greatest(), 2h + 12min, 10s));
}

TEST_CASE("what lies in a store that it is moved to at an age is that much older") {
    const auto plan = plan_with("backup b of d { every day; takes 1h; upload 0s; to v, w after 7d }", "restore d from w");
    const Losses losses = losses_in(plan, "fire", 1min);
    CHECK(losses.planned == 169h + 24h);
    CHECK(near(losses.least(), 169h, 1min));
    CHECK(near(losses.greatest(), 193h, 1min));
}

TEST_CASE("what is moved is looked for where the schedule was at that time") {
    const auto plan = plan_with("backup b of d { every month at 00:00; takes 1h; upload 0s; to v, w after 45d }", "restore d from w");
    const auto estimate = analysis::estimate(plan, testing::named(plan.scenarios, "fire"), analysis::Schedules(plan, new_year));
    const Instant t0 = std::chrono::sys_days{std::chrono::year{2027} / 3 / 15};  // 45 days before is 29 January
    CHECK(Loss(plan, estimate.data.front(), false, analysis::Schedules(plan, new_year)).in(Chance(Draws(1, 1)), t0, 1min) == 73 * 24h);
}

// Together they take up to 2 h, but not more than 30 minutes only in one case of eight, if they are drawn apart.
TEST_CASE("a backup's duration and its upload are drawn apart") {
    const auto plan = plan_with("backup b of d { every day at 00:00; takes 0s..1h; upload 0s..1h; to v }", "restore d from b");
    const auto estimate = analysis::estimate(plan, testing::named(plan.scenarios, "fire"), analysis::Schedules(plan, new_year));
    const Loss loss(plan, estimate.data.front(), false, analysis::Schedules(plan, new_year));
    int done = 0;
    for (int i = 0; i < trials; ++i) {
        const Time lost = loss.in(Chance(Draws(1, static_cast<std::uint64_t>(i))), new_year + 30min, 1min);
        REQUIRE((lost == 30min || lost == 24h + 30min));
        done += lost == 30min ? 1 : 0;
    }
    CHECK(done / double{trials} == Approx(1.0 / 8).margin(0.01));
}

TEST_CASE("an upload that is not said takes size over rate") {
    const auto plan = plan_with("backup b of d { every day; takes 1h; size 3600GB; to v }", "restore d from b");
    const Losses losses = losses_in(plan, "fire", 1min);
    CHECK(losses.planned == 26h);
    CHECK(near(losses.least(), 2h, 1min));
}

TEST_CASE("a replica loses its lag, and a synchronous one nothing") {
    const auto lagging = plan_with("replica r of d { from a to b; mode async; lag 2s..30s }", "promote r of d");
    const Losses losses = losses_in(lagging, "fire", 1min);
    CHECK(losses.planned == 30s);
    CHECK(losses.least() >= 2s);
    CHECK(losses.greatest() <= 30s);
    CHECK(near(losses.mean(), 16s, 200ms));
    const auto following = plan_with("replica r of d { from a to b; mode sync; lag 5s }", "promote r of d");
    CHECK(losses_in(following, "fire", 1min).greatest() == 0s);
}

TEST_CASE("a replica that follows late loses its delay") {
    const auto plan = plan_with("replica r of d { from a to b; delayed 1h..2h }", "promote r of d");
    const Losses losses = losses_in(plan, "damage", 30min);
    CHECK(losses.planned == 2h);
    CHECK(near(losses.least(), 1h, 10s));
    CHECK(near(losses.greatest(), 2h, 10s));
}

TEST_CASE("an archive loses what has not been shipped") {
    const auto plan =
        plan_with("archive l of d { every 10m; upload 1m; to v; base b; replay 1GB/s }\nbackup b of d { every day; takes 1h; to v }",
                  "restore d from l");
    const Losses losses = losses_in(plan, "fire", 1min);
    CHECK(losses.planned == 11min);
    CHECK(near(losses.least(), 1min, 1s));
    CHECK(near(losses.greatest(), 11min, 1s));
    CHECK(near(losses.mean(), 6min, 10s));
    const Losses unseen = losses_in(plan, "damage", 30min);
    CHECK(unseen.least() == 30min);
    CHECK(unseen.greatest() == 30min);
}

TEST_CASE("what no usable copy is left of is lost") {
    const auto tainted = plan_with("replica r of d { from a to b; mode sync }", "promote r of d");
    CHECK(losses_in(tainted, "damage", 30min).least() == never);
    const auto unscheduled = plan_with("backup b of d { takes 1h; to v }", "restore d from b");
    CHECK(losses_in(unscheduled, "fire", 1min).least() == unknown);
}

TEST_CASE("data that nothing happens to loses nothing, and a cache never does") {
    const auto plan = testing::plan_of(
        "plan p\nsite a\nservice s { at a }\nservice t { at a }\ndata d { in s }\ndata c { in s; rebuilt in 1m }\n"
        "scenario outage { fails t; detected after 1m }\nscenario fire { destroys site a; detected after 1m }\n");
    for (const std::string_view scenario : {"outage", "fire"}) {
        const auto estimate = analysis::estimate(plan, testing::named(plan.scenarios, scenario), analysis::Schedules(plan, new_year));
        const Chance chance(Draws(1, 1));
        CHECK(Loss(plan, estimate.data[0], false, analysis::Schedules(plan, new_year)).in(chance, new_year, 1min) ==
              (scenario == "fire" ? never : 0s));
        CHECK(Loss(plan, estimate.data[1], false, analysis::Schedules(plan, new_year)).in(chance, new_year, 1min) == 0s);
    }
}

}  // namespace muster::simulator
