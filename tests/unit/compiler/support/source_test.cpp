#include "compiler/support/source.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

namespace muster::support {
namespace {

TEST_CASE("lines are counted from 1 and come without their ends", "[source]") {
    const Source source("a.drp", "one\r\ntwo\n\nfour");
    CHECK(source.line(1) == "one");
    CHECK(source.line(2) == "two");
    CHECK(source.line(3).empty());
    CHECK(source.line(4) == "four");
    CHECK(source.line(0).empty());
    CHECK(source.line(5).empty());
    CHECK(source.line(4'000'000'000U).empty());
}

TEST_CASE("an empty file has one empty line", "[source]") {
    CHECK(Source("a.drp", "").line(1).empty());
    CHECK(Source("a.drp", "\n").line(2).empty());
}

TEST_CASE("a byte order mark is dropped", "[source]") {
    const auto source = make_source("a.drp", "\xEF\xBB\xBFplan x\n");
    REQUIRE(source);
    CHECK(source->line(1) == "plan x");
}

TEST_CASE("a byte order mark within the text is text", "[source]") {
    const auto source = make_source("a.drp", "plan x\n\xEF\xBB\xBF");
    REQUIRE(source);
    CHECK(source->line(2) == "\xEF\xBB\xBF");
}

TEST_CASE("what is no text is refused by line", "[source]") {
    const auto binary = make_source("a.drp", std::string("plan x\n\0", 8));
    REQUIRE_FALSE(binary);
    CHECK_THAT(binary.error().message, Catch::Contains("a.drp") && Catch::Contains("line 2") && Catch::Contains("NUL"));

    const auto latin = make_source("a.drp", "plan x\n\n\xE4\n");
    REQUIRE_FALSE(latin);
    CHECK_THAT(latin.error().message, Catch::Contains("line 3") && Catch::Contains("0xE4") && Catch::Contains("UTF-8"));
}

TEST_CASE("the largest file is read and one byte more is refused", "[source]") {
    CHECK(make_source("a.drp", std::string(largest_source, ' ')));
    const auto larger = make_source("a.drp", std::string(largest_source + 1, ' '));
    REQUIRE_FALSE(larger);
    CHECK_THAT(larger.error().message, Catch::Contains("16 MiB"));
}

TEST_CASE("a file is read under the name that it is shown as", "[source]") {
    const auto path = std::filesystem::temp_directory_path() / "muster_source_test.drp";
    std::ofstream(path) << "plan x\n";
    const auto source = read_source(path, "shown.drp");
    std::filesystem::remove(path);
    REQUIRE(source);
    CHECK(source->path() == "shown.drp");
    CHECK(source->text() == "plan x\n");
}

TEST_CASE("a file that cannot be read is a failure that names it", "[source]") {
    const auto missing = read_source("/nowhere/at/all.drp", "all.drp");
    REQUIRE_FALSE(missing);
    CHECK_THAT(missing.error().message, Catch::Contains("cannot read all.drp") && Catch::Contains("No such file"));
    CHECK_FALSE(read_source(std::filesystem::temp_directory_path(), "folder"));
}

TEST_CASE("sources are numbered in the order in which they were added", "[source]") {
    Sources sources;
    CHECK(sources.add(Source("a.drp", "")).value == 0);
    CHECK(sources.add(Source("b.drp", "")).value == 1);
    CHECK(sources[FileId{1}].path() == "b.drp");
    CHECK(sources.size() == 2);
}

}  // namespace
}  // namespace muster::support
