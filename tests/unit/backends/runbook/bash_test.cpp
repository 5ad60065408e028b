#include "backends/runbook/bash.h"

#include <catch2/catch.hpp>

#include "tests/unit/backends/runbook/shell.h"

using namespace muster::backends::runbook;

namespace {

// What bash makes of `script`.
std::string output_of(const std::string& script) {
    const Ran ran = run_on(script, "LC_ALL=C bash");
    CHECK(ran.status == 0);
    return ran.output;
}

const std::string run_text_function = "run_text() { cat; printf .; }\nf() {\n";

}  // namespace

TEST_CASE("quoted text reaches bash as the same bytes", "[runbook]") {
    const std::string text = GENERATE(as<std::string>{}, "", "plain", "it's", "a\\", "a\\'b", "$(touch /tmp/x) `x` ${y} \"z\" !1",
                                      "two\nlines\n", "tab\tbell\a\x1b[31m", "\xe2\x80\x9cquoted\xe2\x80\x9d 1", "Z\xc3\xbcrich",
                                      "\xff\xfe"
                                      "1",
                                      "-rf",
                                      "\xc2\xa0"
                                      "f");
    CHECK(output_of("printf %s " + bash_quote(text)) == text);
}

TEST_CASE("every single byte survives quoting, alone and before a digit", "[runbook]") {
    std::string all;
    for (int byte = 1; byte < 256; ++byte) all += {static_cast<char>(byte), '1', '\''};
    CHECK(output_of("printf %s " + bash_quote(all)) == all);
}

TEST_CASE("ordinary text stays readable", "[runbook]") {
    CHECK(bash_quote("don't") == "'don'\\''t'");
    CHECK(bash_quote("Z\xc3\xbcrich") == "'Z\xc3\xbcrich'");
    CHECK(bash_quote("a\nb") == "$'a\\nb'");
}

TEST_CASE("a shell text neither ends its function nor is expanded in it", "[runbook]") {
    const std::string text = GENERATE(as<std::string>{}, "}\ntouch broken-out\n", "END_OF_TEXT\n} # $(exit 9)\nEND_OF_TEXT_2\n",
                                      "$x `y` \\\n", "carriage return\r\nEND_OF_TEXT\r\n", "\xe2\x80\x9cquotes\xe2\x80\x9d\n");
    CHECK(output_of(run_text_function + run_text(text) + "}\nf\n") ==
          text + (text.find("\xe2\x80") == 0 || text.find('\r') < 99 ? "\n." : "."));
}

TEST_CASE("a shell text stands in the runbook as the plan has it", "[runbook]") {
    CHECK(run_text("echo \"$X\"") == "  run_text <<'END_OF_TEXT'\necho \"$X\"\nEND_OF_TEXT\n");
    CHECK(run_text("END_OF_TEXT") == "  run_text <<'END_OF_TEXT_2'\nEND_OF_TEXT\nEND_OF_TEXT_2\n");
}

TEST_CASE("names become parts of variable names", "[runbook]") { CHECK(variable_part("orders-db.2\xc3\xbc") == "ORDERS_DB_2__"); }
