#include "compiler/diagnostics/diagnostic.h"
#include "compiler/diagnostics/messages.h"

#include <catch2/catch.hpp>

namespace muster::diagnostics {
namespace {

support::Span at(std::uint32_t file, std::uint32_t line, std::uint32_t column) { return {{file}, {line, column}, {line, column + 1}}; }

support::Sources sources(std::string text) {
    support::Sources all;
    all.add(support::Source("a.drp", std::move(text)));
    return all;
}

TEST_CASE("findings come in order of file, line, column and code", "[diagnostic]") {
    Sink sink;
    sink.report(messages::unclosed_block, at(1, 1, 1));
    sink.report(messages::unclosed_block, at(0, 2, 1));
    sink.report(messages::unclosed_string, at(0, 1, 9));
    sink.report(messages::unclosed_block, at(0, 1, 9));
    sink.report(messages::unclosed_block, at(0, 1, 2));
    std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string_view>> order;
    for (const Diagnostic& d : sink.sorted())
        order.emplace_back(d.primary.span.file.value, d.primary.span.begin.line, d.primary.span.begin.column, d.entry.code);
    const decltype(order) wanted{{0, 1, 2, "M1005"}, {0, 1, 9, "M1005"}, {0, 1, 9, "M1007"}, {0, 2, 1, "M1005"}, {1, 1, 1, "M1005"}};
    CHECK(order == wanted);
}

TEST_CASE("what was reported twice stands once, and what differs in one word twice", "[diagnostic]") {
    Sink sink;
    sink.report(messages::missing_unit, at(0, 1, 1), Name{"5"});
    sink.report(messages::missing_unit, at(0, 1, 1), Name{"5"});
    sink.report(messages::missing_unit, at(0, 1, 1), Name{"6"});
    CHECK(sink.sorted().size() == 2);
}

TEST_CASE("one finding in two scenarios is two", "[diagnostic]") {
    Sink sink;
    sink.report(messages::missing_unit, at(0, 1, 1), Name{"5"}).scenario = "a";
    sink.report(messages::missing_unit, at(0, 1, 1), Name{"5"}).scenario = "b";
    CHECK(sink.sorted().size() == 2);
}

TEST_CASE("warnings are no errors", "[diagnostic]") {
    Sink sink;
    CHECK_FALSE(sink.has_errors());
    sink.report(messages::unused_waiver, at(0, 1, 1), Name{"M3001"});
    CHECK_FALSE(sink.has_errors());
    sink.report(messages::stray_brace, at(0, 1, 1));
    CHECK(sink.has_errors());
}

TEST_CASE("a message shows braces as they are", "[diagnostic]") {
    CHECK(make(messages::stray_brace, at(0, 1, 1)).message == "this `}` closes nothing");
}

TEST_CASE("a name that looks like a placeholder stays a name", "[diagnostic]") {
    CHECK(make(messages::missing_unit, at(0, 1, 1), Name{"{} {0} %s"}).message == "`{} {0} %s` has no unit");
}

TEST_CASE("a fingerprint outlives a change of lines", "[diagnostic]") {
    const Diagnostic before = make(messages::missing_unit, at(0, 1, 5), Name{"5"});
    const Diagnostic after = make(messages::missing_unit, at(0, 3, 7), Name{"5"});
    CHECK(fingerprint(before, sources("rto 5\n")) == fingerprint(after, sources("\n\n  rto 5  \n")));
    CHECK(fingerprint(before, sources("rto 5\n")).size() == 16);
    CHECK(fingerprint(before, sources("rto 5\n")) != fingerprint(before, sources("rto 6\n")));
}

TEST_CASE("of a finding with a subject the fingerprint is the subject's", "[diagnostic]") {
    Diagnostic a = make(messages::missing_unit, at(0, 1, 1), Name{"5"});
    a.subject = {"service", "web"};
    Diagnostic b = a;
    const auto text = sources("one\ntwo\n");
    b.primary.span = at(0, 2, 1);
    CHECK(fingerprint(a, text) == fingerprint(b, text));
    b.subject.name = "db";
    CHECK(fingerprint(a, text) != fingerprint(b, text));
    b = a;
    b.scenario = "fire";
    CHECK(fingerprint(a, text) != fingerprint(b, text));
}

}  // namespace
}  // namespace muster::diagnostics
