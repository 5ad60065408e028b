#include "simulator/campaign.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "simulator/history.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;

CampaignOptions options(std::uint64_t campaigns, std::uint64_t years, unsigned threads = 2) {
    return {9, campaigns, years, threads, testing::new_year};
}

// `machines` that break once in 100 h each and are repaired in 2 h on average by `repairmen`.
model::Plan workshop(int machines, int repairmen) {
    std::string text = "plan p\nrole fitter { headcount " + std::to_string(repairmen) + " }\n";
    for (int i = 0; i < machines; ++i) {
        const std::string n = std::to_string(i);
        text += "service m" + n + "\nprocedure p" + n + " { recovers m" + n +
                "; step s { by fitter; takes mean 2h; manual \"Repair it.\" } }\n";
        text += "scenario b" + n + " { fails m" + n + "; detected after 0s; likelihood 1 per 100h }\n";
    }
    return testing::plan_of(text);
}

double mean_availability(const model::Plan& plan, const Campaign& campaign) {
    double sum = 0;
    for (const auto id : plan.services.ids()) sum += campaign.availability(id).value;
    return sum / static_cast<double>(plan.services.size());
}

}  // namespace

// Renewal theory: A = MTTF / (MTTF + MTTR) = 100 / 102.
TEST_CASE("one machine is available for its share of the time") {
    const auto plan = workshop(1, 1);
    const Campaign campaign = run_campaigns(plan, options(200, 5));
    const Mean mean = campaign.availability({0});
    CHECK(mean.value == Approx(100.0 / 102).margin(0.0005));
    CHECK(mean.low <= 100.0 / 102);
    CHECK(mean.high >= 100.0 / 102);
    CHECK(campaign.scenarios[0].dropped > 0);
    CHECK(campaign.scenarios[0].overlapped == 0);
}

// The machine repairman of model.md: λ = 0.01, μ = 0.5, N = 10, c = 2.
TEST_CASE("ten machines and two fitters are available as the closed form says") {
    const auto plan = workshop(10, 2);
    const Campaign campaign = run_campaigns(plan, options(60, 2));
    CHECK(mean_availability(plan, campaign) == Approx(0.980259).margin(0.0006));
    std::uint64_t overlapped = 0;
    for (const ScenarioYears& one : campaign.scenarios) overlapped += one.overlapped;
    CHECK(overlapped > 0);
    // With one of them everybody waits longer.
    const auto alone = workshop(10, 1);
    CHECK(mean_availability(alone, run_campaigns(alone, options(60, 2))) < 0.9795);
}

TEST_CASE("incidents come as often as the plan says, and are Poisson") {
    const auto plan = testing::plan_of("plan p\nservice a { heals in 0s }\nscenario s { fails a; likelihood 3 per year }\n");
    const Campaign campaign = run_campaigns(plan, options(500, 10));
    CHECK(expected_incidents(plan, options(1, 10)) == Approx(30.0 * 365.25 / 365).margin(0.1));
    CHECK(static_cast<double>(campaign.scenarios[0].incidents) / 500 == Approx(30.0 * 365.25 / 365).margin(0.8));
    CHECK(campaign.services[0].down.total == 0);
}

TEST_CASE("threads change no campaign, nor does the order of declarations") {
    const auto plan = workshop(4, 1);
    const Campaign one = run_campaigns(plan, options(40, 1, 1));
    CHECK(one == run_campaigns(plan, options(40, 1, 7)));
    CampaignOptions other = options(40, 1);
    other.seed = 10;
    CHECK_FALSE(one == run_campaigns(plan, other));
}

// Constant 12 h of outage, 24 h on top until it fails back: for 36 h nothing more of it is counted.
TEST_CASE("until everything is again where the plan has it, the same incident is dropped") {
    const std::string_view text =
        "plan p\nservice a { availability 99%; costs 1000 EUR per hour }\n"
        "procedure f { recovers a; fails back in 24h; step s { automatic; takes 12h; manual \"x\" } }\n"
        "scenario s { fails a; detected after 0s; likelihood 1 per 100h }\n";
    const auto plan = testing::plan_of(text);
    const Campaign campaign = run_campaigns(plan, options(300, 5));
    // Renewal: up for 100 h on average after each 36 h, of which 12 h are down.
    CHECK(campaign.availability({0}).value == Approx(1 - 12.0 / 136).margin(0.002));
    CHECK(campaign.services[0].longest.greatest() == 12h);
    CHECK(campaign.services[0].met == 0);
    CHECK(availability_target(plan, {0})->millionths == 990'000);
    CHECK(cost_a_year(plan, campaign, {0})->value == Approx(1000 * 365.25 * 24 * 12 / 136).epsilon(0.02));
}

TEST_CASE("what never comes back is down to the end, and is lost once") {
    const auto plan = testing::plan_of(
        "plan p\nsite s\nservice a { at s }\ndata d { in a; size 1GB }\nscenario fire { destroys site s; detected after 0s; likelihood 1 "
        "per year }\n");
    const Campaign campaign = run_campaigns(plan, options(400, 1));
    // The first of a rate of 1 a year comes at t, and the rest of the year is down: e^-1 of it is up.
    CHECK(campaign.availability({0}).value == Approx(1 - std::exp(-1.0)).margin(0.04));
    CHECK(campaign.services[0].for_ever == campaign.services[0].outages);
    CHECK(campaign.data[0].losses == campaign.data[0].for_ever);
    CHECK(campaign.data[0].losses == campaign.services[0].outages);
}

TEST_CASE("a scenario without a likelihood never comes, and neither does one with none") {
    const auto plan = testing::plan_of("plan p\nservice a\nscenario s { fails a }\nscenario t { fails a; likelihood low }\n");
    CHECK(never_coming(plan).size() == 2);
    CHECK(expected_incidents(plan, options(1, 10)) == 0);
}

TEST_CASE("what is lost adds up") {
    const auto plan = testing::plan_of(
        "plan p\nsite a\nsite z { standby }\nservice s { at a, z standby }\nstore v { s3 \"v\"; rate 1GB/s }\ndata d { in s; size 1GB }\n"
        "backup b of d { every 2h; takes 10m; upload 0s; to v }\nprocedure back { recovers s; step load { automatic; takes 1m; restore d "
        "from b } }\n"
        "scenario fire { destroys site a; detected after 0s; likelihood 4 per year }\n");
    const Campaign campaign = run_campaigns(plan, options(300, 5));
    const double a_loss = static_cast<double>(campaign.data[0].lost.total) / static_cast<double>(campaign.data[0].losses);
    CHECK(a_loss == Approx(static_cast<double>(Time{70min}.count())).epsilon(0.02));  // uniform on [10 m, 2 h 10 m]
}

}  // namespace muster::simulator
