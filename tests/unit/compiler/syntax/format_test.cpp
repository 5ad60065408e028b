// The canonical layout: what is moved, and what never is.
#include "compiler/syntax/format.h"

#include <catch2/catch.hpp>

#include "compiler/syntax/parse.h"

namespace muster::syntax {
namespace {

std::string formatted(const std::string& text) {
    diagnostics::Sink sink;
    const auto result = format({"test.drp", text}, {}, sink);
    REQUIRE(result);
    const auto again = format({"test.drp", *result}, {}, sink);
    REQUIRE(again);
    CHECK(*again == *result);
    return *result;
}

bool stays(const std::string& text) { return formatted(text) == text; }

TEST_CASE("a clause has one space between its words", "[format]") {
    CHECK(formatted("plan   shop\t\"Shop\"\n") == "plan shop \"Shop\"\n");
    CHECK(formatted("service web:gold{needs  db ,cache   or stripe}\n") == "service web : gold { needs db, cache or stripe }\n");
    CHECK(formatted("role a { hours mon .. fri,sun 08:00 .. 18:00 Europe / Berlin; responds 5m .. 10m }\n") ==
          "role a { hours mon..fri, sun 08:00..18:00 Europe/Berlin; responds 5m..10m }\n");
}

TEST_CASE("a block is indented by two spaces for each brace", "[format]") {
    CHECK(formatted("procedure a {\nparallel {\n\t\tstep b {\ntakes 1m\n}\n}\n      }\n") ==
          "procedure a {\n  parallel {\n    step b {\n      takes 1m\n    }\n  }\n}\n");
}

TEST_CASE("what stands on one line may stay there", "[format]") {
    CHECK(stays("site a; site b\n"));
    CHECK(stays("tier gold { rto 1h; rpo 5m }\n"));
    CHECK(stays("tier gold {\n  rto 1h; rpo 5m\n  mtd 4h\n}\n"));
    CHECK(formatted("tier gold {rto 1h;rpo 5m;;}\n") == "tier gold { rto 1h; rpo 5m }\n");
    CHECK(formatted(";;\nplan a;\n") == "plan a\n");
}

TEST_CASE("an empty block is two braces", "[format]") {
    CHECK(formatted("site a {\n\n}\n") == "site a {}\n");
    CHECK(formatted("site a { ; }\n") == "site a {}\n");
    CHECK(stays("site a {\n  // nothing yet\n}\n"));
}

TEST_CASE("a line that is too long has a clause a line", "[format]") {
    const std::string note(60, 'x');
    CHECK(stays("site aaaaaaaa { note \"" + note + "\"; note \"" + std::string(26, 'y') + "\" }\n"));  // 120 columns
    CHECK(formatted("site aaaaaaaaa { note \"" + note + "\"; note \"" + std::string(26, 'y') + "\" }\n") ==
          "site aaaaaaaaa {\n  note \"" + note + "\"\n  note \"" + std::string(26, 'y') + "\"\n}\n");
    CHECK(formatted("site a {\n  note \"" + note + "\"; note \"" + note + "\"\n}\n") ==
          "site a {\n  note \"" + note + "\"\n  note \"" + note + "\"\n}\n");
    CHECK(stays("site a { note \"" + std::string(90, 'x') + "\" }\n"));
    CHECK(stays("site a {\n  note \"" + std::string(200, 'x') + "\"\n}\n"));
    CHECK(stays("service " + std::string(200, 'x') + " {}\n"));
}

TEST_CASE("columns are characters, not bytes", "[format]") {
    std::string umlauts;
    for (int i = 0; i < 90; ++i) umlauts += "ä";
    CHECK(stays("site a { note \"" + umlauts + "\" }\n"));
}

TEST_CASE("a block with a text block in it has several lines", "[format]") {
    CHECK(formatted("site a { note \"\"\"\nx\n\"\"\"; active }\n") == "site a {\n  note \"\"\"\n    x\n    \"\"\"\n  active\n}\n");
}

TEST_CASE("paragraphs stay apart by one line", "[format]") {
    CHECK(formatted("\n\n\nplan a\n\n\n\nsite b {\n\n  active\n\n\n  zones x\n\n}\n\n\n") ==
          "plan a\n\nsite b {\n  active\n\n  zones x\n}\n");
}

TEST_CASE("comments stay where they are", "[format]") {
    CHECK(
        stays("// of the file\n\nplan a  // of the plan\n\n// of the site\nsite b {\n  // of the clause\n  active\n  // at the end\n}\n// "
              "at the end\n"));
    CHECK(stays("site b {  // opens\n  active\n}  // closes\n"));
    CHECK(formatted("site b {\n// one\n      // two   \n}") == "site b {\n  // one\n  // two\n}\n");
    CHECK(formatted("// no line end") == "// no line end\n");
    CHECK(formatted("site a { active // why\n}\n") == "site a {\n  active  // why\n}\n");
    CHECK(formatted("site a { active; zones x // why\n}\n") == "site a {\n  active; zones x  // why\n}\n");
    CHECK(formatted("site a { active }; site b { // why\nactive }\n") == "site a { active }\nsite b {  // why\n  active\n}\n");
}

TEST_CASE("comments behind consecutive lines stand below each other", "[format]") {
    CHECK(formatted("site a { // one\nactive// two\nzones x, y //three\n}\n") ==
          "site a {      // one\n  active      // two\n  zones x, y  //three\n}\n");
    CHECK(formatted("site a { // one\nactive\nzones x, y // three\n}\n") == "site a {  // one\n  active\n  zones x, y  // three\n}\n");
    CHECK(stays("site a\nsite bb  // one\n         // goes on\n// of c\nsite c\n"));
    CHECK(formatted("site a // one\n       // goes on\nsite bbbb // two\n") ==
          "site a     // one\n           // goes on\nsite bbbb  // two\n");
}

TEST_CASE("a text block keeps every character of its text", "[format]") {
    CHECK(formatted("site a {\nnote \"\"\"   \n\tone\n\t  two  \n\n\t\"\"\"\n}\n") ==
          "site a {\n  note \"\"\"\n    one\n      two  \n\n    \"\"\"\n}\n");
    CHECK(formatted("site a {\n  note \"\"\"\n      one\n\"\"\"\n}\n") == "site a {\n  note \"\"\"\n          one\n    \"\"\"\n}\n");
    CHECK(formatted("plan a {\n  note \"\"\"\n\"\"\"  // empty\n}\n") == "plan a {\n  note \"\"\"\n    \"\"\"  // empty\n}\n");
    CHECK(stays("plan a {\n  note \"\"\"\n    // no comment; {\n    \"\"\"\n}\n"));
}

TEST_CASE("the line ends of a text block are part of the layout, a carriage return before them is not", "[format]") {
    CHECK(formatted("plan a {\r\n  note \"\"\"\r\n    one\r\n    two\r\n    \"\"\"\r\n}\r\n") ==
          "plan a {\n  note \"\"\"\n    one\n    two\n    \"\"\"\n}\n");
    CHECK(formatted("plan a {\n  note \"\"\"\n    one\r\r\n    \"\"\"\n}\n") == "plan a {\n  note \"\"\"\n    one\r\r\n    \"\"\"\n}\n");
}

TEST_CASE("a file without anything stays without anything", "[format]") {
    CHECK(formatted("").empty());
    CHECK(formatted("\n\n  \n").empty());
}

TEST_CASE("what has errors of syntax is not formatted", "[format]") {
    for (const std::string text : {"site a {\n", "sit a\n", "site a }\n", "plan a { version 1 }\n", "site a { note \"x }\n"}) {
        diagnostics::Sink sink;
        CHECK_FALSE(format({"test.drp", text}, {}, sink));
        CHECK(sink.has_errors());
    }
}

}  // namespace
}  // namespace muster::syntax
