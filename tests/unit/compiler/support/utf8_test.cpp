#include "compiler/support/utf8.h"

#include <catch2/catch.hpp>

namespace muster::support {
namespace {

using namespace std::string_view_literals;

TEST_CASE("well-formed text has no invalid byte", "[utf8]") {
    CHECK_FALSE(first_invalid_utf8(""));
    CHECK_FALSE(first_invalid_utf8("plan"));
    CHECK_FALSE(first_invalid_utf8("Größe → 中文 🚢"));
    CHECK_FALSE(first_invalid_utf8("\xEF\xBF\xBF"sv));      // U+FFFF
    CHECK_FALSE(first_invalid_utf8("\xF4\x8F\xBF\xBF"sv));  // U+10FFFF
}

TEST_CASE("the first invalid byte is found", "[utf8]") {
    CHECK(first_invalid_utf8("ab\x80"sv) == 2);  // a continuation without a start
    CHECK(first_invalid_utf8("\xFF"sv) == 0);
    CHECK(first_invalid_utf8("a\xC3"sv) == 1);  // cut off
    CHECK(first_invalid_utf8("a\xE2\x82"sv) == 1);
    CHECK(first_invalid_utf8("a\xE2\x28\xA1"sv) == 1);  // the second byte is no continuation
    CHECK(first_invalid_utf8("\xC0\xAF"sv) == 0);       // overlong `/`
    CHECK(first_invalid_utf8("\xE0\x80\xAF"sv) == 0);
    CHECK(first_invalid_utf8("\xF0\x80\x80\xAF"sv) == 0);
    CHECK(first_invalid_utf8("\xED\xA0\x80"sv) == 0);      // a surrogate
    CHECK(first_invalid_utf8("\xF4\x90\x80\x80"sv) == 0);  // beyond U+10FFFF
    CHECK(first_invalid_utf8("Gr\xF6\xDF"
                             "e"sv) == 2);  // Latin-1
}

TEST_CASE("code points are counted, not bytes", "[utf8]") {
    CHECK(code_points("") == 0);
    CHECK(code_points("Größe") == 5);
    CHECK(code_points("🚢中") == 2);
    CHECK(code_points("e\xCC\x81"sv) == 2);  // a letter and its combining accent
}

TEST_CASE("what could drive a terminal is shown as the replacement character", "[utf8]") {
    CHECK(printable("\x1b[31mred\x1b[0m") == "\uFFFD[31mred\uFFFD[0m");
    CHECK(printable("a\bb\rc\nd\x7f") == "a\uFFFDb\uFFFDc\uFFFDd\uFFFD");
    CHECK(printable("\0"sv) == "\uFFFD");
    CHECK(printable("\xC2\x9B"
                    "31m") ==
          "\uFFFD"
          "31m");                                // CSI as one C1 character
    CHECK(printable("\xC2\xA0") == "\xC2\xA0");  // a no-break space stays
}

TEST_CASE("what could reorder a line is shown as the replacement character", "[utf8]") {
    for (const char* mark : {"\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"})
        CHECK(printable(std::string("a") + mark + "b") == "a\uFFFDb");
    CHECK(printable("\u2026\u2030") == "\u2026\u2030");
}

TEST_CASE("a tab becomes one space and everything else stays", "[utf8]") {
    CHECK(printable("a\tb") == "a b");
    CHECK(printable("Größe → 中文 🚢") == "Größe → 中文 🚢");
    CHECK(code_points(printable("\t\x1b\u202Eä")) == 4);
}

}  // namespace
}  // namespace muster::support
