// Profiles: the standard set, which figure holds, and what is filled in where the plan says nothing.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <set>

#include "compiler/sema/standard.h"
#include "tests/unit/compiler/sema/compiled.h"

namespace muster::sema {
namespace {

using namespace std::chrono_literals;
using model::Plan;
using testing::compiled;

Plan plan_of(const std::string& text) {
    const auto result = compiled(text);
    CHECK(result.places() == std::vector<std::string>{});
    return result.plan;
}

const std::string ours = "profile ours { dated 2026-10-01; source \"drills\"; ";

TEST_CASE("the standard profiles are whole", "[profiles]") {
    diagnostics::Sink sink;
    const auto profiles = read_standard_profiles(sink);
    for (const auto& found : sink.sorted()) FAIL_CHECK(found.message << " in line " << found.primary.span.begin.line);
    std::set<std::string> names;
    for (const model::Profile& profile : profiles) {
        INFO(profile.heading.name);
        CHECK(names.insert(profile.heading.name).second);
        CHECK_FALSE(profile.heading.title.empty());
        CHECK(profile.dated.size() == 10);
        CHECK_FALSE(profile.source.empty());
        CHECK_FALSE(profile.figures.empty());
        for (const model::Figure& figure : profile.figures) {
            const std::string& source = figure.source.empty() ? profile.source : figure.source;
            INFO(figure.clause());
            CHECK((source.find("https://") != std::string::npos || source.find("rule of thumb, to be measured") != std::string::npos));
        }
    }
    CHECK(names.contains("aws"));
    CHECK(names.contains("kubernetes"));
    CHECK(standard_profile("postgres") != nullptr);
    CHECK(standard_profile("nothing") == nullptr);
}

TEST_CASE("the glacier of model.md is that of the profile", "[profiles]") {
    const Plan plan = plan_of(
        "plan p { profiles aws }\nstore s { s3 \"s\"; storage glacier-flexible }\nstore t { s3 \"t\"; storage standard }\n"
        "store own { s3 \"o\"; storage glacier-flexible retrieval 1h }");
    REQUIRE(plan.stores[{0}].retrieval);
    CHECK(plan.stores[{0}].retrieval->value.planning() == 5h);
    CHECK(plan.origins[*plan.stores[{0}].retrieval->value.origin].profile == "aws");
    CHECK(plan.stores[{1}].retrieval->value.planning() == 0h);
    CHECK(plan.stores[{2}].retrieval->value.planning() == 1h);
    CHECK_FALSE(plan.stores[{2}].retrieval->value.origin);
}

TEST_CASE("an archive of Azure is no archive of Google", "[profiles]") {
    const Plan plan = plan_of(
        "plan p { profiles azure, gcp }\nstore a { azure \"a\"; storage archive }\nstore g { gcs \"g\"; storage archive }\n"
        "store unsaid { storage archive }");
    CHECK(plan.stores[{0}].retrieval->value.planning() == 15h);
    CHECK(plan.stores[{1}].retrieval->value.planning() == 0h);
    CHECK_FALSE(plan.stores[{2}].retrieval);
}

TEST_CASE("of two profiles in force the later one counts", "[profiles]") {
    const std::string body =
        "profile a { figure x 1m }\nprofile b { figure x 2m; figure y 3m }\nservice s { starts in figure x; heals in figure y }\n";
    const Plan later = plan_of("plan p { profiles a, b }\n" + body);
    CHECK(later.services[{0}].starts_in->value.planning() == 2min);
    const Plan earlier = plan_of("plan p { profiles b, a }\n" + body);
    CHECK(earlier.services[{0}].starts_in->value.planning() == 1min);
    CHECK(earlier.services[{0}].heals_in->value.planning() == 3min);
}

TEST_CASE("a profile of the plan's own stands in for a standard one of its name", "[profiles]") {
    const Plan plan = plan_of(
        "plan p { profiles aws }\nprofile aws { figure rds-multi-az-failover 7m }\nservice s { heals in figure rds-multi-az-failover }");
    CHECK(plan.services[{0}].heals_in->value.planning() == 7min);
    CHECK_FALSE(plan.profiles[plan.in_force.front().value].standard);
}

// What a step of that action takes.
std::optional<support::Time> takes(const std::string& figures, const std::string& step) {
    const Plan plan = plan_of(
        "plan p { profiles ours }\n" + ours + figures + " }\n" +
        "site here\nservice pg { workload statefulset/pg; engine postgres 15 }\nservice web { workload deployment/web }\nservice bare\n"
        "procedure fix { recovers pg\n step s { " +
        step + " } }");
    const auto& said = plan.steps[{0}].takes;
    return said ? std::optional(said->value.planning()) : std::nullopt;
}

TEST_CASE("a step takes what its action takes, the most particular figure first", "[profiles]") {
    const std::string all = "takes restart 1m; takes restart of statefulset 2m; takes restart of postgres 3m";
    CHECK(takes(all, "restart pg") == 3min);
    CHECK(takes("takes restart 1m; takes restart of statefulset 2m", "restart pg") == 2min);
    CHECK(takes(all, "restart web") == 1min);
    CHECK(takes(all, "restart web, pg") == 3min);
    CHECK(takes(all, "restart pg; takes 9m") == 9min);
    CHECK(takes("takes restart of postgres 3m", "restart web") == std::nullopt);
    CHECK(takes("takes restart of postgres 3m", "restart pg, web") == std::nullopt);
    CHECK(takes("takes restart of deployment 3m", "restart bare") == std::nullopt);
    CHECK(takes("takes restart 3m", "run \"true\"") == std::nullopt);
}

TEST_CASE("every action that has a figure takes it", "[profiles]") {
    const std::pair<const char*, const char*> actions[]{{"scale", "scale web to 3"},
                                                        {"restart", "restart web"},
                                                        {"roll back", "roll back web"},
                                                        {"apply", "apply \"x\""},
                                                        {"switch dns", "switch dns \"x\" to here"},
                                                        {"switch traffic", "switch traffic web to here"},
                                                        {"maintenance", "maintenance on"},
                                                        {"provision", "provision here"},
                                                        {"fence", "fence web"},
                                                        {"capture forensics", "capture forensics"}};
    for (const auto& [action, step] : actions) {
        INFO(action);
        CHECK(takes(fmt::format("takes {} 4m", action), step) == 4min);
        CHECK(takes("figure other 4m", step) == std::nullopt);
    }
}

TEST_CASE("rates of loading and replaying are those of the tool and the engine", "[profiles]") {
    const Plan plan = plan_of(
        "plan p { profiles postgres }\nservice pg { engine postgres 15 }\nservice other\ndata d { in pg; size 1GB }\ndata e { in other }\n"
        "store v { s3 \"v\"; rate 1GB/s }\nbackup dump of d { with pg_dump; every day; to v }\nbackup plain of d { every day; to v }\n"
        "archive wal of d { every 1m; to v; base dump }\narchive said of d { every 1m; to v; base dump; replay 7MB/s }\n"
        "archive unsaid of e { every 1m; to v }");
    CHECK(plan.copies[{0}].loads_at->value.bytes == 20'000'000);
    CHECK_FALSE(plan.copies[{1}].loads_at);
    CHECK(plan.copies[{2}].archive()->replay->value.bytes == 20'000'000);
    CHECK(plan.copies[{2}].archive()->replay_origin);
    CHECK(plan.copies[{3}].archive()->replay->value.bytes == 7'000'000);
    CHECK_FALSE(plan.copies[{3}].archive()->replay_origin);
    CHECK_FALSE(plan.copies[{4}].archive()->replay);
}

TEST_CASE("a level of likelihood is a rate where a profile says so", "[profiles]") {
    const std::string scenarios = "service s\nscenario a { fails s; likelihood low }\nscenario b { fails s; likelihood 2 per day }\n";
    const Plan plan = plan_of("plan p { profiles ours }\n" + ours + "likelihood low 3 per 5y; unsound 2.5% }\n" + scenarios);
    CHECK(plan.scenarios[{0}].likelihood->events.millionths == 3'000'000);
    CHECK(plan.scenarios[{0}].likelihood->per == 24h * 365 * 5);
    CHECK(plan.scenarios[{0}].likelihood->origin);
    CHECK_FALSE(plan.scenarios[{1}].likelihood->origin);
    CHECK(plan.unsound->value.millionths == 25'000);
    CHECK(plan_of("plan p\n" + scenarios).scenarios[{0}].likelihood->per == 0h);
}

TEST_CASE("figures that are not in force are said to be elsewhere", "[profiles]") {
    const auto idle = compiled("plan p\nservice s { heals in figure rds-multi-az-failover }");
    CHECK(
        idle.only_message() ==
        "there is no figure called `rds-multi-az-failover` = profile `aws` has it, and is not in force: name it in the plan's `profiles`");
    const auto misspelt = compiled("plan p { profiles aws }\nservice s { heals in figure rds-multi-az-failovr }");
    CHECK(misspelt.only_message() == "there is no figure called `rds-multi-az-failovr` = did you mean `rds-multi-az-failover`?");
    CHECK(compiled("plan p { profiles kuberntes }").only_message() ==
          "there is no profile called `kuberntes` = did you mean `kubernetes`?");
    CHECK(compiled("plan p\nservice s { starts in measured \"x\" }").only_message() ==
          "there is no measurement called `x` = say in the plan which file holds it: `measurements \"measured.json\"`");
}

}  // namespace
}  // namespace muster::sema
