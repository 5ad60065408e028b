#include "backends/page/page.h"

#include <catch2/catch.hpp>
#include <random>

#include "backends/page/chart.h"
#include "backends/page/text.h"

using namespace muster::backends::page;
using namespace std::chrono_literals;

namespace {

// Every kind of block, with `text` wherever a text of a plan or a run can stand.
Page page_with(const std::string& text) {
    Page page{"Title " + text, {}};
    page.add(Heading{1, text});
    page.say(text);
    page.add(Paragraph{{plain("before " + text), strong(text), code("NAME"), {Piece::Kind::page, text, "other"}, plain(text)}});
    page.add(Bullets{{{strong("Who:"), plain(" " + text)}, {plain(text)}}});
    page.add(Ticks{{{plain(text)}}});
    page.add(Table{{"head", text}, {{{plain(text)}, {strong(text)}}, {{plain("")}, {plain(text)}}}});
    page.add(Verbatim{"bash", text});
    page.add(
        Picture{"flowchart TD\n    s1[\"" + mermaid_text(text) + "\"]\n",
                timeline({{text, 0ms, 5min, true}, {text, 5min, 9min, false, 1min}}, {{text, 7min}}) + flow({{text, {}}, {text, {0}}})});
    return page;
}

// What of a page is markup: all between `<` and `>`, and nothing else. Whether a section is short depends on its texts.
std::string tags_of(const std::string& html) {
    std::string tags;
    for (std::size_t at = html.find("<body>"); (at = html.find('<', at)) != std::string::npos;) {
        const std::size_t end = html.find('>', at);
        const std::string tag = html.substr(at, end + 1 - at);
        tags += (tag == "<section class=\"whole\">" ? "<section>" : tag) + "\n";
        at = end;
    }
    return tags;
}

std::string hostile(std::mt19937& random) {
    static const std::vector<std::string> pieces{"<script>alert(1)</script>",
                                                 "<img src=x onerror=alert(1)>",
                                                 "\" onmouseover=\"x",
                                                 "' x='",
                                                 "$(reboot)",
                                                 "`reboot`",
                                                 "\n",
                                                 "\n\n",
                                                 "\r\n",
                                                 "| a | b |",
                                                 "```",
                                                 "~~~",
                                                 "# x",
                                                 "- x",
                                                 "1. x",
                                                 "> x",
                                                 "[x](javascript:alert(1))",
                                                 "![x](y)",
                                                 "&lt;",
                                                 "&#60;",
                                                 "</pre>",
                                                 "</style>",
                                                 "<!--",
                                                 "-->",
                                                 "]]>",
                                                 "\\",
                                                 "*x*",
                                                 "__x__",
                                                 "\x1b[31m",
                                                 "\xe2\x80\xae",
                                                 "\xf0\x9f\x94\xa5",
                                                 "é",
                                                 "--> x",
                                                 "\"]",
                                                 "%%",
                                                 "    x",
                                                 "\t",
                                                 "===",
                                                 "---",
                                                 "+ x",
                                                 "https://x.example/?a=b&c=d",
                                                 "word ",
                                                 std::string(10'000, 'a')};
    std::string text;
    for (auto left = random() % 6; left > 0; --left) text += pieces[random() % pieces.size()];
    return text;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("whatever a text holds, the markup of a page of HTML is the same", "[page]") {
    // An empty line of a table or a paragraph that is not there would be another page: the texts are never empty.
    const std::string wanted = tags_of(html(page_with("harmless")));
    std::mt19937 random(9);
    for (int i = 0; i < 400; ++i) {
        const std::string text = "a" + hostile(random);
        INFO(text.substr(0, 400));
        REQUIRE(tags_of(html(page_with(text))) == wanted);
    }
}

TEST_CASE("a page needs nothing from elsewhere, and runs nothing", "[page]") {
    const std::string text = html(page_with("x"));
    CHECK(has(text, "default-src 'none'; style-src 'unsafe-inline'"));
    CHECK_FALSE(has(text, "<script"));
    CHECK_FALSE(has(text, "<link"));
    CHECK_FALSE(has(text, "url(http"));
    CHECK_FALSE(has(text, "src="));
    CHECK(has(text, "<a href=\"other.html\">x</a>"));
    CHECK(has(text, "user-select: all"));
}

TEST_CASE("a page is Markdown, too", "[page]") {
    const std::string text = markdown(page_with("x"));
    CHECK(has(text, "# x\n\nx\n\nbefore x**x**`NAME`[x](other.md)x\n\n- **Who:** x\n- x\n\n- [ ] x\n\n"));
    CHECK(has(text, "| head | x |\n| --- | --- |\n| x | **x** |\n|  | x |\n\n```bash\nx\n```\n"));
    CHECK(has(text, "```mermaid\nflowchart TD\n"));
    CHECK_FALSE(has(text, "<svg"));
}

TEST_CASE("what would begin a block of Markdown does not", "[page]") {
    CHECK(markdown_start("- x") == "\\- x");
    CHECK(markdown_start("+x") == "\\+x");
    CHECK(markdown_start("12. x") == "12\\. x");
    CHECK(markdown_start("12 x") == "12 x");
    CHECK(markdown_start("    x  ") == "x");
    CHECK(markdown_start("===") == "\\===");
    CHECK(markdown_text("- x") == "- x");
}

TEST_CASE("a timeline has a bar and a name for each row", "[page]") {
    const std::string drawn = timeline({{"one", 0ms, 1min, true}, {"two", 1min, 2min, false}}, {{"RTO", 3min}});
    CHECK(has(drawn, ">one</text>"));
    CHECK(has(drawn, ">3m</text>"));
    CHECK(has(drawn, ">RTO</text>"));
    CHECK(timeline({}, {}).empty());
    CHECK(flow({}).empty());
}

TEST_CASE("a blank between two pieces stays one") {
    Page page{"t", {}};
    page.add(Bullets{{{strong("Runbook:"), plain(" "), {Piece::Kind::page, "fire", "../runbooks/fire"}}}});
    CHECK(markdown(page) == "- **Runbook:** [fire](../runbooks/fire.md)\n");
}
