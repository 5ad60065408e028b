#include "compiler/syntax/literal.h"

#include <catch2/catch.hpp>

#include "tests/unit/compiler/sema/compiled.h"

namespace muster::syntax {
namespace {

using sema::testing::in_plan;

TEST_CASE("quoted text has four escapes, raw text none", "[literal]") {
    CHECK(text_value(R"("a \"b\" \\ c\nd\te")") == "a \"b\" \\ c\nd\te");
    CHECK(text_value(R"('a \n "b" \')") == "a \\n \"b\" \\");
    CHECK(text_value("\"\"").empty());
    CHECK(text_value("''").empty());
}

TEST_CASE("a text block loses the indentation of its closing line", "[literal]") {
    CHECK(text_value("\"\"\"\n    one\n      two\n    \"\"\"") == "one\n  two");
    CHECK(text_value("\"\"\"\n    one\n\"\"\"") == "    one");
}

TEST_CASE("a line that is indented less loses what it has", "[literal]") {
    CHECK(text_value("\"\"\"\n  one\n    two\n    \"\"\"") == "one\ntwo");
    CHECK(text_value("\"\"\"\n\none\n\n  \"\"\"") == "\none\n");
}

TEST_CASE("tabs and spaces are not each other", "[literal]") { CHECK(text_value("\"\"\"\n\tone\n  two\n\t\"\"\"") == "one\n  two"); }

TEST_CASE("a text block may be empty", "[literal]") {
    CHECK(text_value("\"\"\"\n\"\"\"").empty());
    CHECK(text_value("\"\"\"  \n\n\"\"\"").empty());
}

TEST_CASE("a text block keeps quotes, backslashes and comment signs", "[literal]") {
    CHECK(text_value("\"\"\"\nsay \"hi\" \\n // \"\"\n\"\"\"") == "say \"hi\" \\n // \"\"");
}

TEST_CASE("line ends of Windows are line ends", "[literal]") { CHECK(text_value("\"\"\"\r\n  one\r\n  two\r\n  \"\"\"") == "one\ntwo"); }

TEST_CASE("a text block in a plan is read whole", "[literal]") {
    const auto plan = in_plan(
        "procedure p {\n"
        "  step a {\n"
        "    run \"\"\"\n"
        "      if true; then\n"
        "        echo \"}\"  # { ; }\n"
        "      fi\n"
        "      \"\"\"\n"
        "  }\n"
        "}\n"
        "service web { replicas 2 }\n");
    CHECK(plan.places() == std::vector<std::string>{});
    CHECK(std::get<model::Run>(*plan.plan.steps[{0}].action).text == "if true; then\n  echo \"}\"  # { ; }\nfi");
    CHECK(plan.plan.services[{0}].replicas == 2);
}

}  // namespace
}  // namespace muster::syntax
