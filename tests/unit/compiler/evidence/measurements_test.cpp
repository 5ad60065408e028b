#include "compiler/evidence/measurements_json.h"

#include <catch2/catch.hpp>

#include "compiler/sema/measurements_json.h"
#include "tests/unit/backends/compiled.h"
#include "tests/unit/compiler/evidence/chain.h"

using namespace muster;
using namespace muster::evidence;
using namespace std::chrono_literals;

namespace {

const std::vector<Observation> promoted{{"promotion", "move.promote", 40s, {}, true}};

// What the plan would count with, by the reader that the plan uses.
std::optional<sema::Measurements> read(const std::string& text) {
    diagnostics::Sink sink;
    return sema::read_measurements(support::Source("measured.json", text), {}, sink);
}

}  // namespace

TEST_CASE("what was measured is added to the file that a plan reads", "[evidence]") {
    const auto first = with_observations("", promoted, "run one", "2026-11-20");
    REQUIRE(first.has_value());
    const auto second = with_observations(*first, {{"promotion", "move.promote", 30s, {}, true}}, "run two", "2026-11-19");
    REQUIRE(second.has_value());
    const auto read_back = read(*second);
    REQUIRE(read_back.has_value());
    CHECK(read_back->at("promotion").observed == std::vector<support::Time>{30s, 40s});
    CHECK(read_back->at("promotion").last == "2026-11-20");
}

TEST_CASE("a run is in the file once, and what else is in it stays", "[evidence]") {
    const auto made = with_observations(R"({"format": 1, "durations": {}, "by": "hand"})", promoted, "run", "2026-11-20");
    REQUIRE(made.has_value());
    CHECK(made->find("\"by\": \"hand\"") != std::string::npos);
    CHECK(is_recorded(*made, "run") == true);
    CHECK(is_recorded(*made, "other") == false);
    CHECK(is_recorded("", "run") == false);
}

TEST_CASE("nothing is added to what is no file of measurements", "[evidence]") {
    for (const std::string text : {"{}", "[]", "x", R"({"format": 2})", R"({"format": 1, "durations": []})",
                                   R"({"format": 1, "durations": {"a": {"observed_ms": "no"}}})"}) {
        INFO(text);
        CHECK_FALSE(with_observations(text, promoted, "run", "2026-11-20").has_value());
        CHECK_FALSE(is_recorded(text, "run").has_value());
    }
}

TEST_CASE("a step is measured under the name by which the plan asks for it", "[evidence]") {
    const auto plan = backends::compiled(
        "plan p\nservice db\ndata orders { in db }\nstore vault\nbackup nightly of orders { every day; takes 1m; to vault }\n"
        "procedure fix { recovers db; step one { takes 1m; manual \"x\" }; step two { manual \"y\" } }\n");
    const auto run = read_evidence(testing::Chain()
                                       .add(0, "started")
                                       .part(1, 31, "manual", "fix.one")
                                       .add(31, "done", "fix.one")
                                       .part(31, 41, "action", "nightly of orders")
                                       .add(41, "done", "nightly of orders")
                                       .add(42, "skipped", "fix.two")
                                       .part(43, 44, "action", "gone.away")
                                       .add(44, "done", "gone.away")
                                       .text());
    REQUIRE(run.has_value());
    const Observations found = observations_of(plan.plan, *run);
    REQUIRE(found.all.size() == 2);
    CHECK(found.all[0].name == "fix.one");
    CHECK(found.all[0].planned == 1min);
    CHECK(found.all[1].length == 10s);
    REQUIRE(found.left_out.size() == 2);
    CHECK(found.left_out[0].why == "it was skipped");
    CHECK(found.left_out[1].why == "the plan has no such step");
}
