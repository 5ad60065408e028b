// Edits of a text: where they go, and what becomes of the line.
#include "cli/fix.h"

#include <catch2/catch.hpp>

namespace muster::cli {
namespace {

using diagnostics::Edit;

Edit edit(support::Position begin, support::Position end, std::string replacement) { return {{{}, begin, end}, std::move(replacement)}; }

std::string after(const std::string& text, std::vector<Edit> edits) { return edited({"a.drp", text}, std::move(edits)); }

TEST_CASE("an edit goes where its place is, in characters", "[fix]") {
    CHECK(after("a b c\n", {edit({1, 3}, {1, 4}, "bbb")}) == "a bbb c\n");
    CHECK(after("ä ö ü\r\nx\n", {edit({1, 3}, {1, 4}, "o"), edit({2, 1}, {2, 2}, "y")}) == "ä o ü\r\ny\n");
    CHECK(after("a b c", {edit({1, 5}, {1, 6}, "d"), edit({1, 1}, {1, 2}, "longer")}) == "longer b d");
}

TEST_CASE("a line of which nothing is left goes", "[fix]") {
    CHECK(after("a\n  b c\nd\n", {edit({2, 3}, {2, 6}, "")}) == "a\nd\n");
    CHECK(after("a\r\n  b \r\nd\r\n", {edit({2, 3}, {2, 4}, "")}) == "a\r\nd\r\n");
    CHECK(after("b\nd\n", {edit({1, 1}, {1, 2}, "")}) == "d\n");
    CHECK(after("a\nb", {edit({2, 1}, {2, 2}, "")}) == "a\n");
    CHECK(after("a\nb \"\"\"\n  x\n  \"\"\"\nc\n", {edit({2, 1}, {4, 6}, "")}) == "a\nc\n");
    CHECK(after("a { b; c }\n", {edit({1, 5}, {1, 6}, "")}) == "a { ; c }\n");
    CHECK(after("  b // why\n", {edit({1, 3}, {1, 4}, "")}) == "   // why\n");
}

}  // namespace
}  // namespace muster::cli
