#include "simulator/picture.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "simulator/plot_text.h"
#include "simulator/scale.h"
#include "simulator/svg.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

using namespace std::chrono_literals;

Options options(unsigned threads = 2) { return {5, 600, threads, testing::new_year}; }

std::size_t count(const std::string& text, std::string_view what) {
    std::size_t times = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++times;
    return times;
}

}  // namespace

TEST_CASE("axes count in what people count in") {
    CHECK(step_of(100s, 9) == 15s);
    CHECK(step_of(1h, 9) == 10min);
    CHECK(step_of(90min, 16) == 10min);
    CHECK(step_of(0s, 9) == 1ms);
    CHECK(step_of(24h * 365 * 100, 9) > 24h * 365);
}

TEST_CASE("no text of a plan becomes a part of a picture") {
    Svg svg("<a & \"b\">");
    svg.text(1.25, -0.04, "</text><script>", "small");
    const std::string document = svg.document(10, 20);
    CHECK(document.find("<script>") == std::string::npos);
    CHECK(document.find("&lt;a &amp; &quot;b&quot;&gt;") != std::string::npos);
    CHECK(document.find("x=\"1.3\" y=\"0.0\"") != std::string::npos);
    CHECK(coordinate(-3.25) == "-3.3");
}

TEST_CASE("a trial is shown step by step, and what it waited for stands out") {
    const auto plan = testing::plan_of(
        "plan p\nrole ops { responds 5m }\nservice a { rto 30m; starts in 1m }\nservice b { needs a }\n"
        "procedure f { recovers a; parallel { step long { by ops; takes 30m; manual \"x\" }; step short { automatic; takes 2m; manual "
        "\"x\" } } }\n"
        "scenario down { fails a; detected after 1m }\n");
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, testing::new_year));
    const std::string svg = timeline_svg("down", rehearsal, rehearsal.planning_trial());
    CHECK(count(svg, "<title>f.long: 6m to 36m</title>") == 1);
    CHECK(count(svg, "<title>f.short: 1m to 3m</title>") == 1);
    CHECK(count(svg, "<title>start of a: 36m to 37m</title>") == 1);
    CHECK(count(svg, "class=\"critical\"") == 3);  // the response, the long step, the start of a
    CHECK(count(svg, "class=\"late\"") == 1);      // a, after 37 m
    CHECK(count(svg, "class=\"ready\"") == 1);     // b, which has no objective
}

TEST_CASE("a distribution shows its curve, its percentiles and the objective") {
    Histogram times;
    for (int i = 1; i <= 100; ++i) times.add(Time{i * 1min});
    const std::string svg = distribution_svg("back", times, 90min);
    CHECK(count(svg, ">p50 50m") == 1);
    CHECK(count(svg, ">p95 1h35m") == 1);
    CHECK(count(svg, ">objective 1h30m<") == 1);
    CHECK(count(svg, "<polyline") == 1);
    CHECK(count(svg, "never or unknown") == 0);
    times.add(support::never);
    CHECK(count(distribution_svg("back", times, {}), "1.00% never or unknown") == 1);
    Histogram none;
    none.add(support::never);
    CHECK(count(distribution_svg("never", none, 1h), "100.00% never") == 1);
}

TEST_CASE("the median and the 95th percentile of the trials are found, by however many threads") {
    const auto plan = testing::plan_of(testing::shop);
    const Rehearsal rehearsal(plan, {0}, analysis::Schedules(plan, testing::new_year));
    const auto found = standings(rehearsal, options());
    REQUIRE(found.size() == 2);
    const auto last = [&](std::uint64_t trial) {
        const Outcome outcome = rehearsal.trial(Draws(5, trial));
        return *std::max_element(outcome.rta.begin(), outcome.rta.end());
    };
    for (const Standing& one : found) {
        std::uint64_t below = 0, not_above = 0;
        for (std::uint64_t trial = 0; trial < 600; ++trial) {
            below += last(trial) < last(one.trial) ? 1 : 0;
            not_above += last(trial) <= last(one.trial) ? 1 : 0;
        }
        CHECK(below < 600 * one.percent / 100);
        CHECK(not_above >= 600 * one.percent / 100);
    }
    CHECK(standings(rehearsal, options(1))[1].trial == standings(rehearsal, options(7))[1].trial);
    const Result result = simulate(plan, options());
    const auto all = pictures(plan, result, options());
    for (const Picture& picture : all) CHECK(picture.svg.ends_with("</svg>\n"));
    CHECK(std::any_of(all.begin(), all.end(), [](const auto& one) { return one.name == "region-outage.web.svg"; }));
    CHECK(std::any_of(all.begin(), all.end(), [](const auto& one) { return one.name == "bad-migration.p95.svg"; }));
}

// 10 to 109 minutes, a tenth of them in each ten.
TEST_CASE("a terminal shows as much") {
    Histogram times;
    for (int i = 10; i < 110; ++i) times.add(Time{i * 1min});
    const std::string drawn = plot("web is back after", times, 45min, "RTO");
    CHECK(drawn.find("  web is back after\n") == 0);
    CHECK(count(drawn, "RTO 45m") == 1);
    CHECK(count(drawn, "\n") <= 19);
    CHECK(drawn.find(" 20m") != std::string::npos);
    times.add(support::never, 100);
    CHECK(plot("x", times, {}, "RTO").find("never") != std::string::npos);
    Histogram none;
    none.add(unknown);
    CHECK(plot("x", none, {}, "RTO").find("unknown") != std::string::npos);
}

}  // namespace muster::simulator
