#include "compiler/syntax/parts.h"

#include <catch2/catch.hpp>

#include "compiler/syntax/parse.h"

namespace muster::syntax {
namespace {

std::vector<std::string> texts_of(std::string_view text, std::size_t size) {
    std::vector<std::string> texts;
    std::size_t line = 1;
    for (const Part& part : parts_of(text, size)) {
        CHECK(part.first_line == line);
        line += static_cast<std::size_t>(std::count(part.text.begin(), part.text.end(), '\n'));
        texts.emplace_back(part.text);
    }
    return texts;
}

TEST_CASE("a file is cut where a line begins and no block is open") {
    CHECK(texts_of("a\nb\n", 1) == std::vector<std::string>{"a\n", "b\n"});
    CHECK(texts_of("a {\n b\n}\nc", 1) == std::vector<std::string>{"a {\n b\n}\n", "c"});
    CHECK(texts_of("", 1).empty());
}

TEST_CASE("braces in quotes and comments open nothing") {
    CHECK(texts_of("a \"{\\\"{\" // {\nb '{'\nc", 1).size() == 3);
    CHECK(texts_of("note \"\"\"\n{ {\n\"\"\"\nb\n", 1) == std::vector<std::string>{"note \"\"\"\n{ {\n\"\"\"\n", "b\n"});
}

// A file of several parts, its line 3,000 as given.
std::string large(const std::string& line) {
    std::string text;
    for (int i = 1; i <= 6000; ++i) text += i == 3000 ? line : "service s" + std::to_string(i) + " \"with \xC3\xA9\" { rto 4h }\n";
    return text;
}

ast::File read(const std::string& text, diagnostics::Sink& sink) { return parse({"plan.drp", text}, {0}, sink); }

TEST_CASE("a file that is read in parts is read whole, and every line keeps its number") {
    diagnostics::Sink none;
    const ast::File sound = read(large("site main {\n"
                                       "  active\n"
                                       "}\n"),
                                 none);
    CHECK_FALSE(none.has_errors());
    REQUIRE(sound.declarations.size() == 6000);
    CHECK(sound.declarations[2999].keyword() == "site");
    CHECK(sound.declarations[5999].span.begin == support::Position{6002, 1});
    CHECK(sound.declarations[5999].span.end == support::Position{6002, 34});
}

TEST_CASE("a fault in one part is told once, and costs no more than in a small file") {
    diagnostics::Sink sink;
    const ast::File file = read(large("service open {\n"), sink);
    CHECK(sink.sorted().size() == 1);
    CHECK(file.declarations.size() == 6000);
}

}  // namespace
}  // namespace muster::syntax
