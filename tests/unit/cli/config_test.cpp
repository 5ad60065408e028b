// muster.yaml: what it may say, and how it is told what it may not.
#include "cli/config.h"

#include <catch2/catch.hpp>

namespace muster::cli {
namespace {

using diagnostics::Severity;

Config read(const std::string& text) {
    const auto config = read_config(text, "muster.yaml");
    INFO((config ? "" : config.error().message));
    REQUIRE(config);
    return *config;
}

std::string refused(const std::string& text) {
    const auto config = read_config(text, "muster.yaml");
    return config ? "" : config.error().message;
}

TEST_CASE("a configuration says what a team sets once", "[config]") {
    const Config config = read(
        "format: sarif\nfail-on: warning\nseed: 18446744073709551615\ntrials: 5000\n"
        "severities:\n  M3001: warning\n  unused-waiver: \"off\"\n  expired-waiver: error\n");
    CHECK(config.options == std::map<std::string, std::string>{
                                {"--format", "sarif"}, {"--fail-on", "warning"}, {"--seed", "18446744073709551615"}, {"--trials", "5000"}});
    CHECK(config.severities == diagnostics::Severities{{"M3001", Severity::warning}, {"M2014", std::nullopt}, {"M2015", Severity::error}});
}

TEST_CASE("a configuration may be empty", "[config]") {
    for (const char* text : {"", "# nothing\n", "---\n", "severities:\n", "{}"}) CHECK(read(text).options.empty());
}

TEST_CASE("what a configuration may not say is refused with its place", "[config]") {
    CHECK(refused("fail-on: error\nformt: json\n") ==
          "muster.yaml:2:1: there is no key `formt`; did you mean `format`? The keys are format, fail-on, severities, seed, trials");
    CHECK(refused("format: jsn\n") ==
          "muster.yaml:1:9: `format` cannot be `jsn`; did you mean `json`? It is one of text, json, sarif, junit, github, markdown");
    CHECK(refused("fail-on: note\n").starts_with("muster.yaml:1:10: `fail-on` cannot be `note`"));
    CHECK(refused("fail-on: [error]\n") == "muster.yaml:1:10: `fail-on` is one word or number");
    CHECK(refused("seed: -1\n") == "muster.yaml:1:7: `seed` cannot be `-1`; it is a whole number from 0 to 18446744073709551615");
    CHECK(refused("trials: 0\n").starts_with("muster.yaml:1:9: `trials` cannot be `0`"));
    CHECK(refused("trials: 1e3\n").starts_with("muster.yaml:1:9: `trials` cannot be `1e3`"));
    CHECK(refused("severities:\n  rto-mised: off\n") ==
          "muster.yaml:2:3: there is no diagnostic `rto-mised`; did you mean `rto-missed`? To see all, run `muster explain --list`");
    CHECK(refused("severities:\n  M3001: fatal\n").starts_with("muster.yaml:2:10: `M3001` cannot be `fatal`"));
    CHECK(refused("severities:\n  M3001: off\n  rto-missed: note\n") == "muster.yaml:3:3: M3001 rto-missed has a severity already");
    CHECK(refused("seed: 1\nseed: 2\n") == "muster.yaml:2:1: `seed` stands here a second time");
    CHECK(refused("severities: off\n") == "muster.yaml:1:13: this should be a map from codes to severities");
    CHECK(refused("- seed\n") == "muster.yaml:1:1: this should be a map of keys");
    CHECK(refused("seed: 1\n---\nseed: 2\n").starts_with("muster.yaml:3:1: a second document"));
    CHECK(refused("seed: [1\n").find("this is no YAML") != std::string::npos);
    CHECK(refused("seed: *nobody\n").find("this is no YAML") != std::string::npos);
    CHECK_FALSE(refused(std::string(20'000, '[')).empty());
}

TEST_CASE("what keeps a plan from being checked stays an error", "[config]") {
    CHECK(refused("severities:\n  unknown-name: warning\n") ==
          "muster.yaml:2:3: M2001 unknown-name stays an error: a plan that has it cannot be checked");
    CHECK(refused("severities:\n  M1001: off\n").find("stays an error") != std::string::npos);
    CHECK(refused("severities:\n  M1001: error\n").empty());
}

}  // namespace
}  // namespace muster::cli
