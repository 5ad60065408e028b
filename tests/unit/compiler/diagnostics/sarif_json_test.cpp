#include "compiler/diagnostics/sarif_json.h"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/messages.h"

namespace muster::diagnostics {
namespace {

using nlohmann::json;

support::Sources one_file(std::string path = "a.drp") {
    support::Sources all;
    all.add(support::Source(std::move(path), "rto 5\n"));
    return all;
}

Diagnostic finding(std::string name = "5") { return make(messages::missing_unit, {{}, {1, 5}, {1, 6}}, Name{std::move(name)}); }

json run_of(const Findings& found, const support::Sources& sources = one_file()) {
    const json log = json::parse(render_sarif(found, sources, {"1.2.3", "shop", "The shop", "abc"}));
    REQUIRE(log["version"] == "2.1.0");
    REQUIRE(log["runs"].size() == 1);
    return log["runs"][0];
}

json result_of(const Diagnostic& d, const support::Sources& sources = one_file()) {
    return run_of({{d}, {}, {}}, sources)["results"].at(0);
}

TEST_CASE("every row of the registry is a rule with its page", "[sarif]") {
    const json driver = run_of({})["tool"]["driver"];
    CHECK(driver["name"] == "muster");
    CHECK(driver["version"] == "1.2.3");
    REQUIRE(driver["rules"].size() == registry().size());
    for (std::size_t i = 0; i < registry().size(); ++i) {
        const json& rule = driver["rules"][i];
        CHECK(rule["id"] == registry()[i].code);
        CHECK(rule["name"] == registry()[i].name);
        CHECK(rule["defaultConfiguration"]["level"] == severity_name(registry()[i].severity));
        CHECK(rule["help"]["markdown"].get<std::string>().find("```drp") != std::string::npos);
        const auto why = rule["fullDescription"]["text"].get<std::string>();
        CHECK(why.size() > 20);
        CHECK(why.size() <= 1024);
        CHECK(('\n' + why).find("\n#") == std::string::npos);
    }
}

TEST_CASE("what does not apply is left out in SARIF", "[sarif]") {
    const json result = result_of(finding());
    CHECK(result["ruleId"] == "M1010");
    CHECK(registry()[result["ruleIndex"].get<std::size_t>()].code == "M1010");
    CHECK(result["level"] == "error");
    CHECK(result["message"] == json{{"text", "`5` has no unit"}});
    const json place = result["locations"][0]["physicalLocation"];
    CHECK(place["artifactLocation"] == json{{"uri", "a.drp"}, {"uriBaseId", "%SRCROOT%"}});
    CHECK(place["region"] == json{{"startLine", 1}, {"startColumn", 5}, {"endLine", 1}, {"endColumn", 6}});
    CHECK(result["partialFingerprints"]["muster/v1"] == fingerprint(finding(), one_file()));
    CHECK(result["suppressions"] == json::array());
    for (const char* key : {"relatedLocations", "codeFlows", "fixes", "properties"}) CHECK_FALSE(result.contains(key));
    CHECK_FALSE(result["locations"][0].contains("logicalLocations"));
}

TEST_CASE("what applies is there in SARIF", "[sarif]") {
    Diagnostic d = finding();
    const support::Span word{{}, {1, 1}, {1, 4}};
    d.subject = {"service", "web"};
    d.scenario = "fire";
    d.target = support::Time{1'000};
    d.achieved = support::Time{2'000};
    d.related = {{word, "said here"}, {word, "and here"}};
    d.path = {{word, "   0s  first"}, {word, "10m  second"}};
    d.help = "write 5m";
    d.edits = {{d.primary.span, "5m"}};
    const json result = result_of(d);
    CHECK(result["message"]["text"] == "`5` has no unit\nhelp: write 5m");
    CHECK(result["locations"][0]["logicalLocations"] == json::array({{{"name", "web"}, {"kind", "service"}}}));
    CHECK(result["properties"] == json{{"scenario", "fire"}, {"target_ms", 1'000}, {"achieved_ms", 2'000}});
    REQUIRE(result["relatedLocations"].size() == 2);
    CHECK(result["relatedLocations"][0]["id"] == 1);
    CHECK(result["relatedLocations"][1]["id"] == 2);
    CHECK(result["relatedLocations"][1]["message"]["text"] == "and here");
    REQUIRE(result["codeFlows"].size() == 1);
    const json flow = result["codeFlows"][0]["threadFlows"].at(0)["locations"];
    REQUIRE(flow.size() == 2);
    CHECK(flow[0]["location"]["message"]["text"] == "0s  first");
    CHECK(flow[1]["location"]["physicalLocation"]["region"]["endColumn"] == 4);
    const json change = result["fixes"].at(0)["artifactChanges"].at(0);
    CHECK(change["artifactLocation"]["uri"] == "a.drp");
    CHECK(change["replacements"].at(0)["deletedRegion"]["startColumn"] == 5);
    CHECK(change["replacements"].at(0)["insertedContent"]["text"] == "5m");
}

TEST_CASE("what does not count is there and suppressed", "[sarif]") {
    const Suppressed waived{finding("6"), Suppressed::By::waiver, "the site is being built"},
        known{finding("7"), Suppressed::By::baseline, ""};
    const json results = run_of({{finding("5")}, {waived, known}, {}})["results"];
    REQUIRE(results.size() == 3);
    CHECK(results[0]["suppressions"].empty());
    CHECK(results[1]["suppressions"] ==
          json::array({{{"kind", "inSource"}, {"status", "accepted"}, {"justification", "the site is being built"}}}));
    CHECK(results[2]["suppressions"] == json::array({{{"kind", "external"}, {"status", "accepted"}}}));
}

TEST_CASE("the edits of a finding are one fix", "[sarif]") {
    Diagnostic d = finding();
    d.edits = {{d.primary.span, "5m"}, {{{}, {1, 1}, {1, 4}}, "rpo"}};
    const json fixes = result_of(d)["fixes"];
    REQUIRE(fixes.size() == 1);
    CHECK(fixes[0]["artifactChanges"].size() == 2);
}

TEST_CASE("a place that is a whole file has no region", "[sarif]") {
    Diagnostic d = finding();
    d.primary.span = {};
    CHECK_FALSE(result_of(d)["locations"][0]["physicalLocation"].contains("region"));
}

TEST_CASE("paths become references", "[sarif]") {
    const auto place = [](std::string path) {
        return result_of(finding(), one_file(std::move(path)))["locations"][0]["physicalLocation"]["artifactLocation"];
    };
    CHECK(place("/plans/a b.drp") == json{{"uri", "file:///plans/a%20b.drp"}});
    CHECK(place("<standard input>")["uri"] == "%3Cstandard%20input%3E");
    CHECK(place("a:b?#%.drp")["uri"] == "a%3Ab%3F%23%25.drp");
    CHECK(place("caf\xE9.drp")["uri"] == "caf%E9.drp");
}

TEST_CASE("hostile text stays text in SARIF", "[sarif]") {
    const std::string hostile = "\"}],\"x\":[{\"\\\n\x1b<script>";
    const json result = result_of(finding(hostile));
    CHECK(result["message"]["text"] == "`\"}],\"x\":[{\"\\\xEF\xBF\xBD\xEF\xBF\xBD<script>` has no unit");
    CHECK(result_of(finding("[go](https://evil.example)"))["message"]["text"] == "`\\[go\\](https://evil.example)` has no unit");
    CHECK(result_of(finding("a[0]"))["message"]["text"] == "`a[0]` has no unit");
}

}  // namespace
}  // namespace muster::diagnostics
