#include "compiler/diagnostics/text.h"

#include <catch2/catch.hpp>

#include <sstream>

#include "compiler/diagnostics/messages.h"
#include "compiler/support/utf8.h"

namespace muster::diagnostics {
namespace {

support::Sources one_file(std::string text, std::string path = "a.drp") {
    support::Sources all;
    all.add(support::Source(std::move(path), std::move(text)));
    return all;
}

support::Span span(std::uint32_t line, std::uint32_t from, std::uint32_t to) { return {{}, {line, from}, {line, to}}; }

Diagnostic finding(support::Span where) { return make(messages::missing_unit, where, Name{"5"}); }

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

// Column of the first mark under the excerpt and of what it stands under, both in code points from 0.
struct Marked {
    std::string excerpt;
    std::string mark;
};

Marked marked(const std::string& source, support::Span where) {
    const auto lines = lines_of(render_text(finding(where), one_file(source), false));
    REQUIRE(lines.size() >= 5);
    const std::size_t gutter = lines[2].find('|') + 2;
    return {lines[3].substr(gutter), lines[4].size() > gutter ? lines[4].substr(gutter) : ""};
}

TEST_CASE("a finding is a message, a place, the line and a mark", "[text]") {
    Diagnostic d = finding(span(2, 7, 8));
    d.primary.text = "here";
    d.help = "write 5m";
    CHECK(render_text(d, one_file("tier a {\n  rto 5\n}\n"), false) ==
          "error[M1010] missing-unit: `5` has no unit\n"
          "  --> a.drp:2:7\n"
          "   |\n"
          " 2 |   rto 5\n"
          "   |       ^ here\n"
          "   = help: write 5m\n"
          "\n");
}

TEST_CASE("related places and the path follow, in one gutter", "[text]") {
    Diagnostic d = finding(span(1, 1, 2));
    d.related = {{span(10, 1, 4), "ten"}};
    d.path = {{span(1, 1, 2), "first"}, {span(1, 1, 2), "second"}};
    CHECK(render_text(d, one_file("x\n\n\n\n\n\n\n\n\nabc\n"), false) ==
          "error[M1010] missing-unit: `5` has no unit\n"
          "   --> a.drp:1:1\n"
          "    |\n"
          "  1 | x\n"
          "    | ^\n"
          "   ::: a.drp:10:1\n"
          "    |\n"
          " 10 | abc\n"
          "    | --- ten\n"
          "    = path: first\n"
          "            second\n"
          "\n");
}

TEST_CASE("a finding about a whole file shows no line", "[text]") {
    CHECK(render_text(finding({}), one_file("x\n"), false) ==
          "error[M1010] missing-unit: `5` has no unit\n"
          "  --> a.drp\n"
          "\n");
}

TEST_CASE("a mark stands under what it marks, also behind accented letters and tabs", "[text]") {
    CHECK(marked("größe 5", span(1, 7, 8)).mark == "      ^");
    CHECK(marked("\t5", span(1, 2, 3)).excerpt == " 5");
    CHECK(marked("\t5", span(1, 2, 3)).mark == " ^");
}

TEST_CASE("a mark stands at the line's end where something is missing", "[text]") {
    CHECK(marked("rto", span(1, 4, 4)).mark == "   ^");
    CHECK(marked("", span(1, 1, 1)).mark == "^");
}

TEST_CASE("a span of several lines is marked to the end of its first", "[text]") {
    CHECK(marked("abc {\n}\n", {{}, {1, 5}, {2, 2}}).mark == "    ^");
    CHECK(marked("abc def\nghi\n", {{}, {1, 5}, {2, 2}}).mark == "    ^^^");
}

TEST_CASE("a mark never runs past what is shown of the line", "[text]") {
    CHECK(marked("abc", span(1, 2, 400)).mark == " ^^");
    CHECK(marked("abc", span(1, 90, 95)).mark.size() <= 90);
}

TEST_CASE("a long line is cut around the place", "[text]") {
    const std::string line = std::string(500, 'a') + "5" + std::string(500, 'b');
    const Marked shown = marked(line, span(1, 501, 502));
    CHECK(support::code_points(shown.excerpt) == 162);
    CHECK(shown.excerpt.substr(0, 3) == "…");
    CHECK(shown.excerpt.substr(shown.excerpt.size() - 3) == "…");
    const std::size_t column = shown.mark.find('^');
    CHECK(column == 41);
    CHECK(shown.excerpt.substr(column + 2, 1) == "5");  // the ellipsis is three bytes and one column
}

TEST_CASE("a long line is not cut at its start while the place is near it", "[text]") {
    const Marked shown = marked("rto 5" + std::string(500, 'b'), span(1, 5, 6));
    CHECK(shown.excerpt.substr(0, 5) == "rto 5");
    CHECK(shown.mark == "    ^");
}

TEST_CASE("a cut falls between characters, never within one", "[text]") {
    std::string line;
    for (int i = 0; i < 300; ++i) line += "ß";
    const std::string text = render_text(finding(span(1, 200, 201)), one_file(line), false);
    CHECK_FALSE(support::first_invalid_utf8(text));
}

TEST_CASE("nothing that a plan says drives the terminal", "[text]") {
    const std::string hostile =
        "\x1b]0;owned\x07\x1b[2J\u202E\xC2\x9B"
        "31m\r\b";
    Diagnostic d = make(messages::missing_unit, span(1, 1, 2), Name{hostile});
    d.primary.text = hostile;
    d.help = hostile;
    d.related = {{span(1, 1, 2), hostile}};
    d.path = {{span(1, 1, 2), hostile}};
    const std::string text = render_text(d, one_file(hostile, hostile + ".drp"), false);
    for (const char* part : {"\x1b", "\x07", "\r", "\b", "\u202E", "\xC2\x9B"}) {
        INFO("byte " << static_cast<int>(static_cast<unsigned char>(part[0])));
        CHECK(text.find(part) == std::string::npos);
    }
}

TEST_CASE("a name with a line end stays on its line", "[text]") {
    const Diagnostic d = make(messages::missing_unit, span(1, 1, 2), Name{"a\nerror[M9999] forged: b"});
    CHECK(lines_of(render_text(d, one_file("x"), false)).front().find("M9999") != std::string::npos);
}

TEST_CASE("colours are closed again, and off where they are not asked for", "[text]") {
    Diagnostic d = finding(span(1, 1, 2));
    d.help = "help";
    CHECK(render_text(d, one_file("x"), false).find('\x1b') == std::string::npos);
    for (const std::string& line : lines_of(render_text(d, one_file("x"), true))) {
        const auto last = line.rfind("\x1b[");
        if (last != std::string::npos) CHECK(line.substr(last, 4) == "\x1b[0m");
    }
}

TEST_CASE("the summary counts by severity", "[text]") {
    const Diagnostic error = finding({});
    const Diagnostic warning = make(messages::unused_waiver, {}, Name{"a"});
    CHECK(summary_text({}) == "no findings\n");
    CHECK(summary_text({{error}, {}, {}}) == "1 error\n");
    CHECK(summary_text({{error, error, warning}, {}, {}}) == "2 errors, 1 warning\n");
    CHECK(summary_text({{warning, warning}, {}, {}}) == "2 warnings\n");
}

TEST_CASE("the summary says what does not count, and what is gone", "[text]") {
    const Suppressed waived{finding({}), Suppressed::By::waiver, ""}, known{finding({}), Suppressed::By::baseline, ""};
    CHECK(summary_text({{}, {waived, known, known}, {}}) == "no findings, 1 waived, 2 in the baseline\n");
    CHECK(summary_text({{}, {}, {}, 2}) == "no findings, 2 turned off\n");
    CHECK(summary_text({{finding({})}, {known}, {{"0123456789abcdef", "M3001", "service web\x1b[0m in fire", {}}}}) ==
          "1 error, 1 in the baseline\nin the baseline, but found no more; write it anew:\n  M3001 service web\xEF\xBF\xBD[0m in fire\n");
}

}  // namespace
}  // namespace muster::diagnostics
