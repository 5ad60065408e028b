// Severities of a team, baselines, and what is left to count.
#include "compiler/diagnostics/findings.h"

#include <catch2/catch.hpp>

#include "compiler/diagnostics/baseline_json.h"
#include "compiler/diagnostics/messages.h"

namespace muster::diagnostics {
namespace {

support::Sources one_file() {
    support::Sources all;
    all.add(support::Source("a.drp", "rto 5\n"));
    return all;
}

Diagnostic missed(const std::string& service, std::optional<support::Time> rta) {
    Diagnostic d =
        make(messages::rto_missed, {{}, {1, 1}, {1, 4}}, Name{service}, Duration{support::Time{60'000}}, Name{"fire"}, Words{"why"});
    d.subject = {"service", service};
    d.scenario = "fire";
    d.achieved = rta;
    return d;
}

std::vector<Known> baseline_of(const std::vector<Diagnostic>& findings) {
    const auto read = read_baseline(render_baseline(findings, one_file()), "b.json");
    REQUIRE(read);
    return *read;
}

Findings compared(const std::vector<Diagnostic>& now, const std::vector<Diagnostic>& then) {
    Findings findings{now, {}, {}};
    compare_with_baseline(findings, baseline_of(then), one_file());
    return findings;
}

constexpr support::Time short_time{120'000}, long_time{180'000};

TEST_CASE("a baseline hides what it knows", "[baseline]") {
    const Findings found = compared({missed("web", short_time), missed("db", short_time)}, {missed("web", short_time)});
    REQUIRE(found.counted.size() == 1);
    CHECK(found.counted[0].subject.name == "db");
    CHECK(found.suppressed_by(Suppressed::By::baseline) == 1);
    CHECK(found.suppressed_by(Suppressed::By::waiver) == 0);
    CHECK(found.gone.empty());
}

TEST_CASE("an entry hides one finding", "[baseline]") {
    CHECK(compared({missed("web", short_time), missed("web", short_time)}, {missed("web", short_time)}).counted.size() == 1);
}

TEST_CASE("what has become worse counts again", "[baseline]") {
    const Findings worse = compared({missed("web", long_time)}, {missed("web", short_time)});
    REQUIRE(worse.counted.size() == 1);
    CHECK(worse.counted[0].message.ends_with("; the baseline knows it with 2m"));
    CHECK(worse.gone.empty());
    CHECK(compared({missed("web", std::nullopt)}, {missed("web", short_time)}).counted.size() == 1);
    CHECK(compared({missed("web", short_time)}, {missed("web", long_time)}).counted.empty());
    CHECK(compared({missed("web", long_time)}, {missed("web", std::nullopt)}).counted.empty());
}

TEST_CASE("what the baseline knows and nobody finds is said", "[baseline]") {
    const Findings found = compared({}, {missed("web", short_time), missed("db", short_time)});
    REQUIRE(found.gone.size() == 2);
    CHECK(found.gone[0].about == "service db in fire");
    CHECK(found.gone[0].code == "M3001");
}

TEST_CASE("what is no baseline is refused with its place", "[baseline]") {
    const auto why = [](const std::string& text) {
        const auto read = read_baseline(text, "b.json");
        return read ? "" : read.error().message;
    };
    CHECK(why("{\n  \"format\": 1,\n  x") == "b.json is no baseline: no JSON at line 3, column 3");
    CHECK(why("").starts_with("b.json is no baseline: no JSON at line 1"));
    for (const char* text : {"[]", "{}", "1", R"({"format": 2, "known": []})", R"({"format": 1, "known": {}})", R"({"format": "1"})"})
        CHECK(why(text).find("it wants `\"format\": 1`") != std::string::npos);
    CHECK(why(R"({"format": 1, "known": [1]})") == "b.json is no baseline: entry 1 of `known` is no object");
    CHECK(why(R"({"format": 1, "known": [{"fingerprint": "0123456789ABCDEF", "code": "M3001"}]})").find("`fingerprint`") !=
          std::string::npos);
    CHECK(why(R"({"format": 1, "known": [{"fingerprint": "0123456789abcdef"}]})").find("`code`") != std::string::npos);
    CHECK(
        why(R"({"format": 1, "known": [{"fingerprint": "0123456789abcdef", "code": "M3001", "achieved_ms": 1.5}]})").find("achieved_ms") !=
        std::string::npos);
    CHECK(why(R"({"format": 1, "known": []})").empty());
}

TEST_CASE("a team gives codes their severity", "[config]") {
    Findings findings{{missed("web", short_time), make(messages::unused_waiver, {}, Name{"a"})}, {}, {}};
    set_severities(findings, {{"M3001", Severity::note}, {"M2014", std::nullopt}});
    REQUIRE(findings.counted.size() == 1);
    CHECK(findings.counted[0].entry.severity == Severity::note);
    CHECK(findings.off == 1);
}

}  // namespace
}  // namespace muster::diagnostics
