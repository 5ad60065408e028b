#include "compiler/diagnostics/findings_json.h"
#include "compiler/diagnostics/messages.h"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

namespace muster::diagnostics {
namespace {

using nlohmann::json;

support::Sources one_file(std::string path = "a.drp") {
    support::Sources all;
    all.add(support::Source(std::move(path), "rto 5\n"));
    return all;
}

json rendered(Findings found, const support::Sources& sources) {
    return json::parse(render_json(found, sources, {"1.2.3", "shop", "The shop", "abc"}));
}

TEST_CASE("a document says what it is about", "[json]") {
    const Diagnostic known = make(messages::missing_unit, {{}, {1, 5}, {1, 6}}, Name{"5"});
    const json document = rendered({{}, {{known, Suppressed::By::waiver, ""}, {known, Suppressed::By::baseline, ""}}, {}}, one_file());
    CHECK(document["format"] == 1);
    CHECK(document["tool"] == json{{"name", "muster"}, {"version", "1.2.3"}});
    CHECK(document["plan"] == json{{"name", "shop"}, {"title", "The shop"}, {"hash", "abc"}});
    CHECK(document["summary"] == json{{"errors", 0}, {"warnings", 0}, {"notes", 0}, {"waived", 1}, {"baselined", 1}, {"off", 0}});
    CHECK(document["diagnostics"] == json::array());
}

TEST_CASE("what does not apply is left out", "[json]") {
    const json found = rendered({{make(messages::missing_unit, {{}, {1, 5}, {1, 6}}, Name{"5"})}, {}, {}}, one_file())["diagnostics"][0];
    CHECK(found["code"] == "M1010");
    CHECK(found["name"] == "missing-unit");
    CHECK(found["severity"] == "error");
    CHECK(found["message"] == "`5` has no unit");
    CHECK(found["file"] == "a.drp");
    CHECK(found["line"] == 1);
    CHECK(found["column"] == 5);
    CHECK(found["end_line"] == 1);
    CHECK(found["end_column"] == 6);
    CHECK(found["fingerprint"].get<std::string>().size() == 16);
    for (const char* key : {"subject", "scenario", "target_ms", "achieved_ms", "related", "help", "edits"})
        CHECK_FALSE(found.contains(key));
}

TEST_CASE("what applies is there", "[json]") {
    Diagnostic d = make(messages::missing_unit, {{}, {1, 5}, {1, 6}}, Name{"5"});
    d.subject = {"service", "web"};
    d.scenario = "fire";
    d.target = support::Time{1'000};
    d.achieved = support::Time{2'000};
    d.related = {{{{}, {1, 1}, {1, 4}}, "said here"}};
    d.help = "write 5m";
    d.edits = {{{{}, {1, 5}, {1, 6}}, "5m"}};
    const json found = rendered({{d}, {}, {}}, one_file())["diagnostics"][0];
    CHECK(found["subject"] == json{{"kind", "service"}, {"name", "web"}});
    CHECK(found["scenario"] == "fire");
    CHECK(found["target_ms"] == 1'000);
    CHECK(found["achieved_ms"] == 2'000);
    CHECK(found["related"] == json::array({{{"file", "a.drp"}, {"line", 1}, {"column", 1}, {"message", "said here"}}}));
    CHECK(found["help"] == "write 5m");
    CHECK(found["edits"][0]["replacement"] == "5m");
    CHECK(found["edits"][0]["end_column"] == 6);
}

TEST_CASE("hostile text stays text", "[json]") {
    const std::string hostile = "\"}],\"x\":[{\"\\\n\x1b\u2028<script>";
    Diagnostic d = make(messages::missing_unit, {{}, {1, 1}, {1, 2}}, Name{hostile});
    d.help = hostile;
    const json document = rendered({{d}, {}, {}}, one_file(hostile));
    CHECK(document["diagnostics"].size() == 1);
    CHECK(document["diagnostics"][0]["help"] == hostile);
    CHECK(document["diagnostics"][0]["file"] == hostile);
    CHECK_FALSE(document.contains("x"));
}

TEST_CASE("a path that is no UTF-8 does not end the program", "[json]") {
    CHECK_NOTHROW(rendered({{make(messages::missing_unit, {{}, {1, 1}, {1, 2}}, Name{"5"})}, {}, {}}, one_file("caf\xE9.drp")));
}

}  // namespace
}  // namespace muster::diagnostics
