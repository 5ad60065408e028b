#include "backends/shell/quote.h"

#include <catch2/catch.hpp>

#include "tests/unit/backends/runbook/shell.h"

using namespace muster::backends;

namespace {

const std::vector<std::string> hostile{"",
                                       "a",
                                       "a b",
                                       "'",
                                       "'; reboot; '",
                                       "$(reboot)",
                                       "`reboot`",
                                       "\\",
                                       "\\'",
                                       "a\nb",
                                       "a\r\tb",
                                       "\x1b[2J",
                                       "!!",
                                       "*",
                                       "~",
                                       "\xC3\xBC",
                                       "\xE2\x80\x99",
                                       "\xE2\x80\xAE",
                                       "\xF0\x9F\x98\x80",
                                       "-n",
                                       "%s",
                                       "a\x7f"
                                       "b",
                                       "${HOME}",
                                       "#",
                                       "end\n"};

}  // namespace

TEST_CASE("a quoted text is one word that stands for its bytes") {
    for (const std::string& text : hostile) {
        INFO(text);
        CHECK(runbook::run_on("printf '%s' " + shell::quote(text) + " end", "bash").output == text + "end");
    }
}

TEST_CASE("a quoted text has neither control characters nor lines") {
    for (const std::string& text : hostile)
        for (const char c : shell::quote(text)) CHECK((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
}

TEST_CASE("every line of a comment is one") {
    CHECK(shell::comment("a\nreboot") == "# a\n# reboot\n");
    CHECK(shell::comment("a\n\nb") == "# a\n#\n# b\n");
    CHECK(runbook::run_on(shell::comment("a\rreboot\x1b\n$(echo out >&2)\n`echo out`"), "bash").output.empty());
    CHECK(shell::comment("a\rb").find('\r') == std::string::npos);
}
