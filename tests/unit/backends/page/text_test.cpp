#include "backends/page/text.h"

#include <catch2/catch.hpp>

using namespace muster::backends::page;

TEST_CASE("what Markdown or HTML would act upon is escaped", "[page]") {
    CHECK(markdown_text("a | b <script> [x](y) `c` *d* _e_ & \\") ==
          "a \\| b &lt;script&gt; \\[x\\](y) \\`c\\` \\*d\\* \\_e\\_ &amp; \\\\");
    CHECK(markdown_text("one\n# two") == "one \\# two");
    CHECK(markdown_text("\x1b[0m") == "\xef\xbf\xbd\\[0m");
}

TEST_CASE("nothing in a fence ends it", "[page]") {
    CHECK(fenced("bash", "x") == "```bash\nx\n```\n");
    CHECK(fenced("", "```\nx\n````\n") == "`````\n```\nx\n````\n`````\n");
    CHECK(fenced("", "") == "```\n```\n");
}

TEST_CASE("labels of Mermaid hold no syntax of Mermaid", "[page]") { CHECK(mermaid_text("db.one\"] --> x;:#\n") == "db.one   --  x    "); }
