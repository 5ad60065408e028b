// What people read first, and what they read once.
#include "compiler/diagnostics/order.h"

#include <catch2/catch.hpp>

#include "compiler/diagnostics/messages.h"
#include "compiler/diagnostics/text.h"

namespace muster::diagnostics {
namespace {

constexpr support::Time minute{60'000}, hour{3'600'000};

Diagnostic missed(const std::string& service, support::Time urgency, std::optional<support::Time> rta, std::uint32_t line = 1) {
    Diagnostic d = make(messages::rto_missed, {{}, {line, 1}, {line, 4}}, Name{service}, Duration{hour}, Name{"fire"}, Words{"why"});
    d.subject = {"service", service};
    d.scenario = "fire";
    d.target = hour;
    d.achieved = rta;
    d.urgency = urgency;
    return d;
}

Diagnostic because_of(std::string cause, Diagnostic d) {
    d.cause = std::move(cause);
    return d;
}

std::vector<std::string> subjects(const std::vector<Diagnostic>& findings) {
    std::vector<std::string> names;
    for (const Diagnostic& d : one_of_each_cause(findings)) names.push_back(d.subject.name);
    return names;
}

TEST_CASE("order: the more urgent comes first, then what misses by more, and never before any time") {
    CHECK(subjects({missed("b", hour, 2 * hour), missed("a", minute, 61 * minute), missed("c", hour, 3 * hour), missed("d", hour, {})}) ==
          std::vector<std::string>{"a", "d", "c", "b"});
}

TEST_CASE("order: of what does the same damage the first place comes first") {
    CHECK(subjects({missed("b", hour, 2 * hour, 9), missed("a", hour, 2 * hour, 3)}) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("order: an error comes before a warning that is more urgent") {
    Diagnostic warning = make(messages::step_times_out, {}, Name{"s"}, Duration{hour}, Duration{hour});
    warning.subject = {"step", "s"};
    warning.urgency = minute;
    CHECK(subjects({warning, missed("a", support::never, 2 * hour)}) == std::vector<std::string>{"a", "s"});
}

TEST_CASE("order: one cause is one finding, of what it breaks worst") {
    const auto found =
        one_of_each_cause({because_of("step `s`", missed("a", hour, 2 * hour)), because_of("step `s`", missed("b", hour, 3 * hour)),
                           because_of("step `t`", missed("c", hour, 2 * hour)), missed("d", hour, {}), missed("e", hour, {})});
    REQUIRE(found.size() == 4);
    CHECK(found[2].subject.name == "b");
    CHECK(also_lines(found[2]) == std::vector<std::string>{"service a in fire: 2h instead of 1h"});
    CHECK(also_lines(found[0]).empty());
}

TEST_CASE("order: whatever the codes, one cause is one finding, and it says what would mend it") {
    Diagnostic lost = because_of("x", make(messages::nothing_clean, {}, Name{"fire"}, Name{"orders"}, Words{"`twin` followed the damage"}));
    lost.subject = {"data", "orders"};
    lost.scenario = "fire";
    lost.help = "only what keeps the past helps";
    Diagnostic never = because_of("x", missed("db", minute, {}));
    never.also.push_back({{"service", "web"}, "fire", 2 * hour, {}});
    const auto found = one_of_each_cause({missed("other", hour, {}), lost, never});
    REQUIRE(found.size() == 2);
    CHECK(found[0].subject.name == "orders");  // in the place of what is more urgent
    CHECK(also_lines(found[0]) == std::vector<std::string>{"service db in fire: 1h wanted", "service web in fire: 2h wanted"});
    CHECK(objective_of(found[0])->subject.name == "db");
}

TEST_CASE("order: a scenario that one cause breaks is named once") {
    Diagnostic first = because_of("x", make(messages::time_unknown, {}, Words{"`db`"}, Name{"fire"}, Words{"the size is not said"}));
    first.subject = {"scenario", "zone"};
    first.scenario = "zone[a]";
    Diagnostic second = first;
    second.scenario = "zone[b]";
    CHECK(also_lines(one_of_each_cause({first, second}).front()) == std::vector<std::string>{"scenario zone[b]"});
}

TEST_CASE("order: what has no objective and breaks none has none to name") {
    CHECK(!objective_of(make(messages::nothing_clean, {}, Name{"fire"}, Name{"orders"}, Words{"gone"})));
    CHECK(objective_of(missed("a", hour, 2 * hour))->achieved == 2 * hour);
}

TEST_CASE("order: of many that one cause breaks the first are named") {
    std::vector<Diagnostic> many;
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h", "i"}) many.push_back(because_of("x", missed(name, hour, {})));
    const auto lines = also_lines(one_of_each_cause(many).front());
    REQUIRE(lines.size() == 7);
    CHECK(lines.front() == "service b in fire: 1h wanted");
    CHECK(lines.back() == "and 2 more");
}

}  // namespace
}  // namespace muster::diagnostics
