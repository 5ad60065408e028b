// Unified diffs, byte for byte as `diff -u` writes them.
#include "cli/text_diff.h"

#include <catch2/catch.hpp>

namespace muster::cli {
namespace {

std::string lines(int from, int to) {
    std::string out;
    for (int i = from; i <= to; ++i) out += std::to_string(i) + "\n";
    return out;
}

TEST_CASE("equal texts have no difference", "[diff]") {
    CHECK(unified_diff("a", "", "").empty());
    CHECK(unified_diff("a", "x\n", "x\n").empty());
}

TEST_CASE("a change has three lines around it", "[diff]") {
    CHECK(unified_diff("a", lines(1, 9), lines(1, 4) + "five\n" + lines(6, 9)) ==
          "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
    CHECK(unified_diff("a", "", "x\n") == "--- a\n+++ a\n@@ -0,0 +1 @@\n+x\n");
    CHECK(unified_diff("a", "x\n", "") == "--- a\n+++ a\n@@ -1 +0,0 @@\n-x\n");
}

TEST_CASE("changes near each other share their lines", "[diff]") {
    CHECK(unified_diff("a", lines(1, 8), "0\n" + lines(1, 6) + "seven\n8\n") ==
          "--- a\n+++ a\n@@ -1,8 +1,9 @@\n+0\n 1\n 2\n 3\n 4\n 5\n 6\n-7\n+seven\n 8\n");
    CHECK(unified_diff("a", lines(1, 8), "0\n" + lines(1, 7) + "8\n9\n") ==
          "--- a\n+++ a\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -6,3 +7,4 @@\n 6\n 7\n 8\n+9\n");
}

TEST_CASE("a missing line end at the end is a difference", "[diff]") {
    CHECK(unified_diff("a", "x", "x\n") == "--- a\n+++ a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
}

TEST_CASE("lines that moved and lines that stand often", "[diff]") {
    CHECK(unified_diff("a", "a\nb\nc\n", "b\nc\na\n") == "--- a\n+++ a\n@@ -1,3 +1,3 @@\n-a\n b\n c\n+a\n");
    CHECK(unified_diff("a", "}\n}\nx\n}\n", "}\nx\n}\n") == "--- a\n+++ a\n@@ -1,4 +1,3 @@\n }\n-}\n x\n }\n");
}

}  // namespace
}  // namespace muster::cli
