#include "compiler/diagnostics/junit.h"
#include "compiler/diagnostics/messages.h"

#include <catch2/catch.hpp>

namespace muster::diagnostics {
namespace {

support::Sources one_file(std::string path = "a.drp", std::string text = "rto 5\n") {
    support::Sources all;
    all.add(support::Source(std::move(path), std::move(text)));
    return all;
}

Diagnostic finding(std::string name = "5") { return make(messages::missing_unit, {{}, {1, 5}, {1, 6}}, Name{std::move(name)}); }

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string counts(std::size_t failures, std::size_t skipped, std::size_t tests) {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"", tests, failures, skipped);
}

TEST_CASE("a finding is a failed case, a code without one has passed", "[junit]") {
    const std::string text = render_junit({"shop", {{finding()}, {}, {}}, Severity::error, true}, one_file());
    CHECK(has(text, "<testsuite name=\"shop\" " + counts(1, 0, registry().size())));
    CHECK(has(text, "classname=\"missing-unit\" name=\"M1010\" time=\"0\" file=\"a.drp\" line=\"1\">"));
    CHECK(has(text, "<failure type=\"error\" message=\"`5` has no unit\">error[M1010]"));
    CHECK(has(text, "<testcase classname=\"rto-missed\" name=\"M3001\" time=\"0\"/>"));
}

TEST_CASE("what does not make the command fail is no failure", "[junit]") {
    Diagnostic warning = finding();
    warning.entry.severity = Severity::warning;
    CHECK(has(render_junit({"shop", {{warning}, {}, {}}, Severity::error, true}, one_file()), counts(0, 0, registry().size())));
    CHECK(has(render_junit({"shop", {{warning}, {}, {}}, Severity::warning, true}, one_file()), counts(1, 0, registry().size())));
    const std::string never = render_junit({"shop", {{finding()}, {}, {}}, std::nullopt, true}, one_file());
    CHECK(has(never, counts(0, 0, registry().size())));
    CHECK(has(never, "<system-out>error[M1010]"));
}

TEST_CASE("what is waived, or was not looked for, is skipped", "[junit]") {
    const std::string waived =
        render_junit({"shop", {{}, {{finding(), Suppressed::By::waiver, "why"}}, {}}, Severity::error, true}, one_file());
    CHECK(has(waived, counts(0, 1, registry().size())));
    CHECK(has(waived, "<skipped message=\"waived\"/>"));
    CHECK(has(render_junit({"shop", {{}, {{finding(), Suppressed::By::baseline, ""}}, {}}, Severity::error, true}, one_file()),
              "<skipped message=\"in the baseline\"/>"));
    const std::string unread = render_junit({"shop", {{finding()}, {}, {}}, Severity::error, false}, one_file());
    CHECK(has(unread, counts(1, registry().size() - 1, registry().size())));
}

TEST_CASE("two findings alike are two cases", "[junit]") {
    Diagnostic d = finding();
    d.subject = {"service", "web"};
    d.scenario = "fire";
    const std::string text = render_junit({"shop", {{d, d}, {}, {}}, Severity::error, true}, one_file());
    CHECK(has(text, "name=\"M1010 service web in fire\""));
    CHECK(has(text, "name=\"M1010 service web in fire (2)\""));
    CHECK(has(text, counts(2, 0, registry().size() + 1)));
}

TEST_CASE("hostile text stays text in XML", "[junit]") {
    const std::string hostile = "\"'><!--&amp;]]>\x01\x1b\n\xEF\xBF\xBF\xEF\xBF\xBE";
    const std::string text =
        render_junit({hostile, {{finding(hostile)}, {}, {}}, Severity::error, true}, one_file(hostile, "rto " + hostile));
    const std::string harmless = "&quot;&apos;&gt;&lt;!--&amp;amp;]]&gt;";
    CHECK(has(text, "<testsuite name=\"" + harmless));
    CHECK(has(text, " file=\"" + harmless));
    CHECK(has(text, "message=\"`" + harmless));
    for (const char* bad : {"<!--", "\x01", "\x1b", "\xEF\xBF\xBF", "\xEF\xBF\xBE"}) CHECK_FALSE(has(text, bad));
}

}  // namespace
}  // namespace muster::diagnostics
