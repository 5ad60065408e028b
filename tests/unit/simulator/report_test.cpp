#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "simulator/report_json.h"
#include "simulator/report_text.h"
#include "simulator/simulate.h"
#include "tests/unit/simulator/plans.h"

namespace muster::simulator {
namespace {

// Nothing in it is left to chance but how long `move` takes.
constexpr std::string_view steady = R"(
plan steady "A steady plan"
site a
service web { at a; rto 12m; needs db; resumes in 1m }
service db { at a; rto 1h }
service mail { at a; rto 1h }
service news { at a; rto 5m }
data orders { in db; rpo 1h }
data wares { in mail; rpo 1h }
role ops { responds 2m }
procedure move-db { recovers db; step move { by ops; takes 5m..15m }; step check { by ops; takes 1m } }
scenario outage "Both are down" { fails db, mail; detected after 1m }
scenario damage { corrupts orders; undetected for 10m; follow move-db }
)";

Result result_of(const model::Plan& plan) { return simulate(plan, {7, 400, 2, testing::new_year}); }

nlohmann::json json_of(const model::Plan& plan) {
    return nlohmann::json::parse(render_json(plan, result_of(plan), {"1.2", plan.heading.name, plan.heading.title, plan.hash}));
}

}  // namespace

TEST_CASE("the document says what it is about") {
    const auto plan = testing::plan_of(steady);
    const auto out = json_of(plan);
    CHECK(out["format"] == 1);
    CHECK(out["tool"] == nlohmann::json{{"name", "muster"}, {"version", "1.2"}});
    CHECK(out["plan"]["name"] == "steady");
    CHECK(out["plan"]["title"] == "A steady plan");
    CHECK(out["plan"]["hash"] == plan.hash);
    CHECK(out["seed"] == 7);
    CHECK(out["trials"] == 400);
    CHECK(out["scenarios"].size() == 2);
}

TEST_CASE("services have their statistics, and their causes") {
    const auto scenario = json_of(testing::plan_of(steady))["scenarios"][0];
    CHECK(scenario["name"] == "outage");
    const auto& web = scenario["services"][0];
    CHECK(web["name"] == "web");
    CHECK(web["rto_ms"] == 720'000);
    const double met = web["met"]["probability"];
    CHECK(met == Approx(0.2).margin(0.08));
    CHECK(web["met"]["low"] < met);
    CHECK(web["met"]["high"] > met);
    for (const char* key : {"mean_ms", "p50_ms", "p90_ms", "p95_ms", "p99_ms", "max_ms"}) {
        CHECK(web["rta"][key] >= 10 * 60'000);
        CHECK(web["rta"][key] <= 20 * 60'000);
    }
    CHECK(web["rta"]["never"] == 0.0);
    CHECK(web["causes"] ==
          nlohmann::json{{{"step", "move-db.check"}, {"criticality", 1.0}}, {{"step", "move-db.move"}, {"criticality", 1.0}}});
    CHECK(scenario["roles"][0]["name"] == "ops");
    CHECK(scenario["roles"][0]["waited_ms"] == 120'000);
}

TEST_CASE("never is null beside its share") {
    const auto out = json_of(testing::plan_of(steady));
    const auto& mail = out["scenarios"][0]["services"][2];
    CHECK(mail["rta"]["never"] == 1.0);
    CHECK(mail["rta"]["p50_ms"].is_null());
    CHECK(mail["rta"]["mean_ms"].is_null());
    CHECK(mail["met"]["high"] < 0.02);
    CHECK(mail["obstacle"] == "no procedure recovers `mail`");
    const auto& orders = out["scenarios"][1]["data"][0];
    CHECK(orders["name"] == "orders");
    CHECK(orders["rpo_ms"] == 3'600'000);
    CHECK(orders["rpa"]["max_ms"].is_null());
    CHECK(orders["met"]["probability"] == 0.0);
}

TEST_CASE("what has no objective has nothing to meet") {
    const auto out =
        json_of(testing::plan_of("plan p\nsite a\nservice s { at a; heals in 1m }\nscenario outage { fails s; detected after 1m }\n"));
    const auto& s = out["scenarios"][0]["services"][0];
    CHECK_FALSE(s.contains("rto_ms"));
    CHECK_FALSE(s.contains("met"));
    CHECK(s["rta"]["max_ms"] == 60'000);
}

TEST_CASE("people read aligned tables and who is to blame") {
    const auto plan = testing::plan_of(steady);
    const std::string text = render_text(plan, result_of(plan));
    CHECK(text.find("400 trials of each scenario, seed 7") == 0);
    CHECK(text.find("\nservice  RTO") == std::string::npos);
    const std::size_t heading = text.find("  service"), db = text.find("  db "), mail = text.find("  mail ");
    REQUIRE(heading < db);
    REQUIRE(db < mail);
    const auto line_end = [&](std::size_t from) { return text.find('\n', from) - from; };
    CHECK(line_end(heading) == line_end(db));
    CHECK(line_end(db) == line_end(mail));
    CHECK(text.find("news") == std::string::npos);
    CHECK(text.find("web misses its RTO of 12m in ") != std::string::npos);
    CHECK(text.find("most often on its critical path: move-db.check (100.00%), move-db.move (100.00%)") != std::string::npos);
    CHECK(text.find("mail misses its RTO of 1h in 100.00% of the trials; it never comes back: ") != std::string::npos);
}

TEST_CASE("titles cannot drive the terminal") {
    const auto plan = testing::plan_of("plan p\nsite a\nscenario outage \"\x1b[31mred\" { fails site a; detected after 1m }\n");
    CHECK(render_text(plan, result_of(plan)).find('\x1b') == std::string::npos);
}

TEST_CASE("a share that is not all never reads 100 %") {
    Result result{1, 100'000, {{{0}, {}, {}, {}}}};
    const auto plan = testing::plan_of("plan p\nsite a\nservice s { at a; rto 1s }\nscenario outage { fails s }\n");
    ServiceResult service{{0}, analysis::State::failed, Time{1000}, {}, 99'999, {}, {}};
    service.rta.add(Time{1000}, 99'999);
    service.rta.add(support::never);
    result.scenarios.front().services.push_back(service);
    const std::string text = render_text(plan, result);
    CHECK(text.find(" 99.99%") != std::string::npos);
    CHECK(text.find(" 0.01%\n") != std::string::npos);
    CHECK(text.find(" 100.00%") == std::string::npos);
}

// The backup says no schedule, so nobody can tell what it loses; the step says no length, so nobody can tell when it is done.
TEST_CASE("what nobody can tell is neither lost nor never, and left out of the document") {
    const auto plan = testing::plan_of(
        "plan p\nservice s { rto 1h }\ndata d { in s; size 1GB; rpo 1h }\nstore v { s3 \"v\"; rate 1GB/s }\n"
        "backup b of d { takes 1m; to v }\nprocedure back { recovers s; step one { manual \"Mend it.\" }; step two { restore d from b } }\n"
        "scenario fire { corrupts d; undetected for 1m }\n");
    const auto scenario = json_of(plan)["scenarios"][0];
    for (const auto& times : {scenario["services"][0]["rta"], scenario["data"][0]["rpa"]}) {
        CHECK(times["unknown"] == 1.0);
        CHECK(times["never"] == 0.0);
        CHECK_FALSE(times.contains("p50_ms"));
        CHECK_FALSE(times.contains("max_ms"));
        CHECK_FALSE(times.contains("mean_ms"));
    }
    CHECK(scenario["services"][0]["met"]["probability"] == 0.0);
    const std::string text = render_text(plan, result_of(plan));
    CHECK(text.find("never  unknown\n") != std::string::npos);
    CHECK(text.find("0.00%  100.00%\n") != std::string::npos);
    CHECK(text.find("nobody can tell when it is back: ") != std::string::npos);
}

TEST_CASE("the result says how sure it is where that was asked for") {
    const auto plan = testing::plan_of(steady);
    Options wanted{7, 100'000, 2, testing::new_year, model::Percent{20'000}};
    const Result result = simulate(plan, wanted);
    const auto out = nlohmann::json::parse(render_json(plan, result, {}));
    CHECK(out["until"]["wanted"] == 0.02);
    CHECK(out["until"]["reached"] <= 0.02);
    CHECK(render_text(plan, result).find("every P(met) is within ") != std::string::npos);
    CHECK(render_text(plan, result_of(plan)).find("within") == std::string::npos);
    wanted.trials = 1100;
    CHECK(render_text(plan, simulate(plan, wanted)).find("; --trials stopped short of 2.00\n") != std::string::npos);
}

}  // namespace muster::simulator
