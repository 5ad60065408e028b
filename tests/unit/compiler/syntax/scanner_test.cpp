#include "compiler/syntax/scanner.h"

#include <catch2/catch.hpp>

namespace muster::syntax {
namespace {

using Tokens = std::vector<std::tuple<std::size_t, std::string, std::size_t, std::size_t>>;  // type, text, line, column

Tokens tokens_of(antlr4::TokenSource& source) {
    Tokens found;
    for (;;) {
        const auto token = source.nextToken();
        const bool end = token->getType() == antlr4::Token::EOF;
        if (token->getChannel() == antlr4::Token::DEFAULT_CHANNEL)
            found.emplace_back(token->getType(), end ? "" : token->getText(), token->getLine(), token->getCharPositionInLine());
        if (end) return found;
    }
}

Tokens scanned(const std::string& text) {
    Characters characters(text);
    Scanner scanner(text, characters, 1);
    return tokens_of(scanner);
}

Tokens by_grammar(const std::string& text) {
    antlr4::ANTLRInputStream characters(text);
    grammar::MusterPlanLexer lexer(&characters);
    lexer.removeErrorListeners();
    return tokens_of(lexer);
}

TEST_CASE("the scanner sees the tokens that the grammar says") {
    for (const std::string text : {"",
                                   "\n",
                                   "service shop : critical { rto 4h }",
                                   "at main/a, dr/b;needs a or b",
                                   "// only a comment",
                                   "a // b \"c\n// d\r\ne",
                                   "x-y_z9 -5m 5min 3scale",
                                   "takes 2m..4m..15m",
                                   "\"a\" \"\" \"a\\\"b\" \"open\n'it' 'open\nx",
                                   "note \"\"\"\n  text \"quoted\"\n  \"\"\"\nz",
                                   "\"\"\"\nnever closed { }",
                                   "\"\"\" same line",
                                   "a\rb\r\nc",
                                   "\xC3\xA4 \"\xC3\xA4\xE2\x82\xAC\" z",
                                   "'\xF0\x9F\x98\x80' x",
                                   "/ /x a/b",
                                   "2026-09-30T02:00Z 02:00 180GB 200MB/s 99.9% 1.5",
                                   "\t \tname\t",
                                   "\"tab\tin\"",
                                   "\xE2\x82\xAC",
                                   "..a",
                                   "a..b",
                                   "plan planx pla"})
        CHECK(scanned(text) == by_grammar(text));
}

TEST_CASE("the scanner sees the tokens that the grammar says in any order of parts") {
    const std::vector<std::string> parts{
        "service", "a-b", " ", "\t",         "\n",    "\r\n",     "\r",           "//", "/", "\"", "\"\"\"", "'",
        "\\",      "{",   "}", ",",          ";",     ":",        "..",           ".",  "5", "m",  "h",      "GB",
        "-",       "_",   "%", "2026-01-01", "12:30", "\xC3\xA9", "\xE2\x80\xA6", "#"};
    std::uint32_t state = 7;
    for (int round = 0; round < 4000; ++round) {
        std::string text;
        for (int part = 0; part < 12; ++part) {
            state = state * 1'664'525 + 1'013'904'223;
            text += parts[(state >> 16) % parts.size()];
        }
        INFO(text);
        REQUIRE(scanned(text) == by_grammar(text));
    }
}

}  // namespace
}  // namespace muster::syntax
