#include <catch2/catch.hpp>

#include <set>

#include "compiler/diagnostics/message.h"

namespace muster::diagnostics {
namespace {

TEST_CASE("codes and names are unique", "[registry]") {
    std::set<std::string_view> codes, names;
    for (const Entry& entry : registry()) {
        CHECK(codes.insert(entry.code).second);
        CHECK(names.insert(entry.name).second);
    }
    CHECK(codes.size() > 30);
}

TEST_CASE("an entry is found by its code and by its name", "[registry]") {
    for (const Entry& entry : registry()) {
        CHECK(find_entry(entry.code) == &entry);
        CHECK(find_entry(entry.name) == &entry);
    }
    CHECK(find_entry("M9999") == nullptr);
    CHECK(find_entry("m3001") == nullptr);
    CHECK(find_entry("") == nullptr);
}

TEST_CASE("placeholders show what they are", "[registry]") {
    CHECK(fmt::format("{}", Name{"a b"}) == "`a b`");
    CHECK(fmt::format("{}", Words{"the line ends"}) == "the line ends");
    CHECK(fmt::format("{}", Duration{support::Time{5'400'000}}) == "1h30m");
    CHECK(fmt::format("{}", Count{-3}) == "-3");
}

TEST_CASE("severities have names", "[registry]") {
    CHECK(severity_name(Severity::note) == "note");
    CHECK(severity_name(Severity::warning) == "warning");
    CHECK(severity_name(Severity::error) == "error");
}

}  // namespace
}  // namespace muster::diagnostics
