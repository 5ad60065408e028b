#include "simulator/lever.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "simulator/misses_text.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

Options options(std::uint64_t trials, unsigned threads = 2) { return {5, trials, threads, testing::new_year}; }

// One person for two: `a`, which is less urgent, comes second.
const std::string_view two = R"(
plan p
role dba { headcount 1 }
service a { rto 1h }
service b { rto 50m }
procedure fix-a { recovers a; step mend { by dba; takes 10m..40m; manual "Mend it." } }
procedure fix-b { recovers b; step mend { by dba; takes 10m..40m; manual "Mend it." } }
scenario both { fails a, b; detected after 0s }
)";

Sensitivity sensitivity_of(const model::Plan& plan, unsigned threads = 2) {
    return sensitivity(plan, simulate(plan, options(2'000)), options(2'000, threads));
}

const ServiceResult& service_in(const Result& result, std::size_t scenario, std::size_t service) {
    return result.scenarios.at(scenario).services.at(service);
}

}  // namespace

TEST_CASE("one more person matters most where one is fought for") {
    const auto plan = testing::plan_of(two);
    const Sensitivity found = sensitivity_of(plan);
    REQUIRE_FALSE(found.leverages.empty());
    CHECK(found.trials == lever_trials);
    CHECK(found.leverages[0].what == "one more `dba`, 2 in all");
    CHECK(found.leverages[0].change == "role dba { headcount 2 }");
    CHECK(found.leverages[0].gain.low > 0.1);
    CHECK(found.leverages[0].after == found.trials);  // alone each is back after 40 m
    for (std::size_t i = 1; i < found.leverages.size(); ++i) CHECK(found.leverages[i - 1].gain.value >= found.leverages[i].gain.value);
}

TEST_CASE("what a lever gains is what the changed plan gains in the same trials") {
    const auto plan = testing::plan_of(two);
    std::string text(two);
    const auto changed = testing::plan_of(text.replace(text.find("headcount 1"), 11, "headcount 2"));
    const Sensitivity found = sensitivity_of(plan);
    const auto shifts = compare(plan, changed, options(lever_trials));
    double gain = 0;
    for (const Shift& shift : shifts) gain += shift.met().value;
    CHECK(found.leverages.at(0).gain.value == Approx(gain));
}

TEST_CASE("a step that is derived can be faster, too") {
    const auto plan = testing::plan_of(
        "plan p\nsite a\nsite z { standby }\nservice s { at a, z standby; rto 9m }\nstore v { s3 \"v\"; rate 60MB/s }\n"
        "data d { in s; size 36GB }\nbackup b of d { every day; takes 1h; upload 0s; to v }\n"
        "procedure back { recovers s; step load { automatic; restore d from b } }\nscenario fire { destroys site a; detected after 0s }\n");
    const Sensitivity found = sensitivity_of(plan);
    REQUIRE(found.leverages.size() == 1);  // 10 m, a fifth less is 8 m
    CHECK(found.leverages[0].what == "step `back.load` a fifth faster");
    CHECK(found.leverages[0].change.empty());
    CHECK(found.leverages[0].gain.value == 1);
}

TEST_CASE("detectors, responses and copies are tried where they are waited for") {
    const auto plan = testing::plan_of(
        "plan p\nrole ops { responds 1m..9m }\nservice s { rto 20m }\ndata d { in s; size 1GB; rpo 13h }\nstore v { s3 \"v\"; rate 1GB/s "
        "}\n"
        "detector probe { watches s; every 10m; sees corruption }\nbackup b of d { every day; takes 1m; upload 1m; to v }\n"
        "procedure back { recovers s; step load { by ops; takes 5m..10m; restore d from b } }\nscenario bad { corrupts d }\n");
    const Result result = simulate(plan, options(500));
    std::vector<std::string> names;
    for (const Lever& lever : levers(plan, result, analysis::Schedules(plan, testing::new_year))) names.push_back(lever.what);
    CHECK(names == std::vector<std::string>{"step `back.load` a fifth faster", "one more `ops`, 2 in all", "`ops` responds a fifth sooner",
                                            "`probe` looks twice as often", "`b of d` every 12h"});
    const Sensitivity found = sensitivity_of(plan);
    const auto backup =
        std::find_if(found.leverages.begin(), found.leverages.end(), [](const auto& one) { return one.what == "`b of d` every 12h"; });
    REQUIRE(backup != found.leverages.end());
    CHECK(backup->most == "`d` in `bad`");
    CHECK(backup->after > found.trials * 9 / 10);
}

TEST_CASE("threads change no lever, and a plan that misses nothing needs none") {
    const auto plan = testing::plan_of(testing::shop);
    const Sensitivity one = sensitivity_of(plan, 1), many = sensitivity_of(plan, 5);
    REQUIRE(one.leverages.size() == many.leverages.size());
    for (std::size_t i = 0; i < one.leverages.size(); ++i) {
        CHECK(one.leverages[i].what == many.leverages[i].what);
        CHECK(one.leverages[i].gain.value == many.leverages[i].gain.value);
    }
    const auto calm = testing::plan_of(
        "plan p\nservice a { rto 1h }\nprocedure f { recovers a; step s { automatic; takes 1m; manual \"x\" } }\n"
        "scenario down { fails a; detected after 0s }\n");
    CHECK(sensitivity_of(calm).tried == 0);
    CHECK(render_levers(sensitivity_of(calm)).empty());
}

// The role answers in a minute in its hours, in an hour outside: 50 of 168 hours are in.
TEST_CASE("what the misses have in common is told") {
    const auto plan = testing::plan_of(
        "plan p\nrole ops { hours mon..fri 08:00..18:00; responds 1m; responds 1h outside hours }\nservice s { rto 30m }\n"
        "procedure back { recovers s; step go { by ops; takes 5m..10m; fails 10%; retry 3 every 20m } }\nscenario down { fails s; detected "
        "after 0s }\n");
    const Result result = simulate(plan, options(4'000));
    const ServiceResult& service = service_in(result, 0, 0);
    REQUIRE_FALSE(service.factors.empty());
    const Factor& first = service.factors[0];
    CHECK(first.kind == Factor::Kind::outside_hours);
    const std::uint64_t misses = 4'000 - service.met;
    CHECK(static_cast<double>(first.all) / 4'000 == Approx(118.0 / 168).margin(0.03));
    CHECK(first.missed == first.all);  // an hour is more than the RTO
    CHECK(misses > first.missed);      // others miss it by an attempt that fails
    const std::string text = misses_text(plan, result.scenarios[0]);
    CHECK(text.find("`ops` is paged outside its hours") != std::string::npos);
    const bool again =
        std::any_of(service.factors.begin(), service.factors.end(), [](const Factor& f) { return f.kind == Factor::Kind::again; });
    CHECK(again);
    CHECK(service.roles.at(0).trials >= 3'990);  // but for those in which every attempt fails
}

}  // namespace muster::simulator
