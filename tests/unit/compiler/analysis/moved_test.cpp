// What counts as an objective that is newly met or missed when a plan changes.
#include "compiler/analysis/moved.h"

#include <catch2/catch.hpp>

#include "compiler/sema/load.h"

namespace muster::analysis {
namespace {

struct Case {
    model::Plan plan;
    std::vector<Estimate> estimates;

    explicit Case(const std::string& services) {
        using namespace std::chrono_literals;
        support::Sources sources;
        sources.add(support::Source("test.drp", "plan test\n" + services + "\nscenario down { fails service web; detected after 1m }\n"));
        diagnostics::Sink sink;
        plan = sema::compile(sources, sink);
        REQUIRE_FALSE(sink.has_errors());
        estimates = estimate_all(plan, Schedules(plan, std::chrono::sys_days{2026y / std::chrono::November / 20}));
    }
};

// One letter for each thing that moved: `+` newly met, `-` newly missed, `.` neither.
std::string turns(const Case& before, const Case& after) {
    std::string letters;
    for (const Moved& one : moved({before.plan, before.estimates}, {after.plan, after.estimates}))
        letters += one.newly_met() ? '+' : one.newly_missed() ? '-' : '.';
    return letters;
}

const std::string fast = "procedure p { recovers web; step s { takes 5m; restart web } }";
const std::string slow = "procedure p { recovers web; step s { takes 2h; restart web } }";

TEST_CASE("an objective turns where the verdict on it does", "[moved]") {
    const Case met("service web { rto 1h }\n" + fast), missed("service web { rto 1h }\n" + slow), never("service web { rto 1h }");
    CHECK(turns(met, met).empty());
    CHECK(turns(met, missed) == "-");
    CHECK(turns(missed, met) == "+");
    CHECK(turns(never, met) == "+");
    CHECK(turns(missed, never) == ".");
}

TEST_CASE("what has no objective misses none", "[moved]") {
    const Case comes_back("service web\n" + fast), never("service web");
    CHECK(turns(comes_back, never) == ".");
    CHECK(turns(never, comes_back) == ".");
}

TEST_CASE("an objective that is gone is not met, and a new one may be missed", "[moved]") {
    const Case one("service web { rto 1h }"), two("service web { rto 1h }\nservice shop { needs web; rto 1h }");
    CHECK(turns(two, one) == ".");
    CHECK(turns(one, two) == "-");
}

}  // namespace
}  // namespace muster::analysis
