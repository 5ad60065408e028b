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
                                       "end\n",
                                       "\xE2\x80\x9Cquoted\xE2\x80\x9D 1",
                                       "\xC2\xA0"
                                       "f",
                                       "\xE3\x80\x80",
                                       "\xFF\xFE"
                                       "1"};

}  // namespace

TEST_CASE("a quoted text is one word that stands for its bytes") {
    for (const std::string& text : hostile) {
        INFO(text);
        CHECK(runbook::run_on("printf '%s' " + shell::quote(text) + " end", "bash").output == text + "end");
    }
}

TEST_CASE("every single byte survives quoting, alone and before a digit") {
    std::string all;
    for (int byte = 1; byte < 256; ++byte) all += {static_cast<char>(byte), '1', '\''};
    CHECK(runbook::run_on("printf %s " + shell::quote(all), "LC_ALL=C bash").output == all);
}

TEST_CASE("ordinary text stays readable, and what looks like something else does not") {
    CHECK(shell::quote("don't") == "'don'\\''t'");
    CHECK(shell::quote("Z\xC3\xBCrich \xE4\xB8\xAD") == "'Z\xC3\xBCrich \xE4\xB8\xAD'");
    CHECK(shell::quote("a\nb") == "$'a\\nb'");
    CHECK(shell::is_plain("a\tb\n"));
    for (const char* text : {"\xE2\x80\x99", "\xE2\x80\xAE", "\xC2\xA0", "\xEF\xBB\xBF", "\r", "\x1b"}) CHECK_FALSE(shell::is_plain(text));
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
