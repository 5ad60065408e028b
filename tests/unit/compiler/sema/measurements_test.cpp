// The file of measurements: what it says, and every way to get it wrong.
#include "compiler/sema/measurements_json.h"

#include <catch2/catch.hpp>

#include <fmt/format.h>

namespace muster::sema {
namespace {

using namespace std::chrono_literals;

std::string fault_of(const std::string& text) {
    diagnostics::Sink sink;
    const support::Source source("measured.json", text);
    CHECK_FALSE(read_measurements(source, {0}, sink));
    const auto found = sink.sorted();
    REQUIRE(found.size() == 1);
    const auto& at = found.front().primary.span.begin;
    return fmt::format("{}:{} {}", at.line, at.column,
                       found.front().message.substr(std::string("`measured.json` cannot be read as measurements: ").size()));
}

Measurements read(const std::string& text) {
    diagnostics::Sink sink;
    const support::Source source("measured.json", text);
    const auto found = read_measurements(source, {0}, sink);
    CHECK(sink.sorted().empty());
    REQUIRE(found);
    return *found;
}

std::string document(const std::string& durations) { return "{\n\"format\": 1,\n\"durations\": {" + durations + "}\n}\n"; }

TEST_CASE("measurements are read, the shortest first", "[measurements]") {
    const auto found = read(
        document(R"("restart": {"observed_ms": [3, 1, 2], "last": "2026-09-08", "by": {"x": [1.5, null]}}, "ü": {"observed_ms": [0]})"));
    REQUIRE(found.size() == 2);
    CHECK(found.at("restart").observed == std::vector<support::Time>{1ms, 2ms, 3ms});
    CHECK(found.at("restart").last == "2026-09-08");
    CHECK(found.at("ü").observed == std::vector<support::Time>{0ms});
    CHECK(read("{\"format\": 1, \"made by\": {\"format\": [2, {\"durations\": -1}]}}").empty());
}

TEST_CASE("the planning value is the nearest rank at 95 %", "[measurements]") {
    const auto planning = [](std::size_t count) {
        Measurement measurement;
        for (std::size_t i = 1; i <= count; ++i) measurement.observed.emplace_back(i);
        return duration_of(measurement, {0}).planning().count();
    };
    CHECK(planning(1) == 1);
    CHECK(planning(7) == 7);
    CHECK(planning(19) == 19);
    CHECK(planning(20) == 19);
    CHECK(planning(21) == 20);
    CHECK(planning(40) == 38);
    CHECK(planning(100) == 95);
}

TEST_CASE("whatever is wrong in a file of measurements is said with its place", "[measurements]") {
    CHECK(fault_of("") == "1:1 this is not JSON");
    CHECK(fault_of("[]") == "1:1 the file does not hold an object");
    CHECK(fault_of("7") == "1:1 the file does not hold an object");
    CHECK(fault_of("{\"format\": 1,}").ends_with("this is not JSON"));
    CHECK(fault_of("{}").ends_with("the file does not say `\"format\": 1`"));
    CHECK(fault_of("{\"format\": 2}").ends_with("`format` is not 1"));
    CHECK(fault_of("{\"format\": \"1\"}").ends_with("`format` is not 1"));
    CHECK(fault_of("{\"format\": 1, \"durations\": []}").ends_with("`durations` is not an object"));
    CHECK(fault_of(document("\n\"a\": [1]")).ends_with("`a` is not an object with `observed_ms`"));
    CHECK(fault_of(document("\n\"a\": {}")) == "4:7 `a` has no observation in `observed_ms`");
    CHECK(fault_of(document("\n\"a\": {\"observed_ms\": []}")).ends_with("`a` has no observation in `observed_ms`"));
    CHECK(fault_of(document("\n\"a\": {\"observed_ms\": 5}")).ends_with("`observed_ms` of `a` is not a list"));
    CHECK(fault_of(document("\n\"a\": {\"observed_ms\": [1]},\n\"a\": {\"observed_ms\": [1]}")) == "5:1 `a` stands there twice");
    CHECK(fault_of(document("\n\"a\": {\"observed_ms\": [1], \"observed_ms\": [2]}")).ends_with("`observed_ms` of `a` stands there twice"));
    CHECK(fault_of(document("\n\"a\": {\"observed_ms\": [1], \"last\": \"2026-02-30\"}"))
              .ends_with("`2026-02-30` is not a day of the calendar"));
    CHECK(fault_of(document("\n\"a\": {\"observed_ms\": [1], \"last\": 2026}")).ends_with("`last` of `a` is not a date in quotes"));
}

TEST_CASE("an observation is a whole number of milliseconds", "[measurements]") {
    const std::string why = "an observation of `a` is a whole number of milliseconds, from 0 to 1000 years";
    for (const auto* value :
         {"-1", "1.5", "1e3", "\"1\"", "null", "[1]", "{}", "true", "31536000000001", "99999999999999999999999", "-0.0"}) {
        INFO(value);
        CHECK(fault_of(document(fmt::format("\n\"a\": {{\"observed_ms\": [1, {}]}}", value))).ends_with(why));
    }
    CHECK(fault_of(document("\n\"a\": {\"observed_ms\": [\n-12\n]}")) == "5:1 " + why);
    CHECK(read(document("\"a\": {\"observed_ms\": [31536000000000]}")).at("a").observed.front() == support::longest_duration);
}

TEST_CASE("a hostile file of measurements does no harm", "[measurements]") {
    CHECK(fault_of(std::string(1'000'000, '[')).ends_with("the file does not hold an object"));
    CHECK(fault_of("{\"format\": 1, \"x\": " + std::string(1'000'000, '[')).ends_with("this is not JSON"));
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    CHECK(read("{\"format\": 1, \"x\": " + deep + "}").empty());
    CHECK(fault_of("{\"format\": 1, \"durations\": {\"" + std::string(1'000'000, 'a') + "\": 1}}").size() > 1'000'000);
}

}  // namespace
}  // namespace muster::sema
