#include "backends/yaml/writer.h"

#include <catch2/catch.hpp>

#include "tests/unit/backends/yaml/read_back.h"

using namespace muster::backends::yaml;

namespace {

// What some reader takes for something else than a text, or for more than one thing.
const std::vector<std::string> treacherous{"",
                                           " ",
                                           "on",
                                           "off",
                                           "Yes",
                                           "NO",
                                           "y",
                                           "N",
                                           "true",
                                           "False",
                                           "null",
                                           "Null",
                                           "~",
                                           "1",
                                           "-1",
                                           "+1",
                                           "010",
                                           "0o10",
                                           "0x1f",
                                           "0b1",
                                           "1e3",
                                           "1E3",
                                           "1_000",
                                           "1.5",
                                           ".5",
                                           "5.",
                                           ".inf",
                                           "-.INF",
                                           ".nan",
                                           "12:30",
                                           "190:20:30",
                                           "2026-01-31",
                                           "2026-01-31T02:00:00Z",
                                           "=",
                                           "<<",
                                           "- a",
                                           "-",
                                           "--- ",
                                           "---",
                                           "...",
                                           "a: b",
                                           "a:",
                                           ":a",
                                           "a #b",
                                           "#a",
                                           "# a",
                                           " a",
                                           "a ",
                                           "\ta",
                                           "a\t",
                                           "&a",
                                           "*a",
                                           "!a",
                                           "!!int 1",
                                           "%TAG",
                                           "@a",
                                           "`a",
                                           "'a",
                                           "\"a",
                                           "a'b\"c\\d",
                                           "{a}",
                                           "[a]",
                                           "{{ .Values }}",
                                           "a, b",
                                           "|",
                                           ">",
                                           "?",
                                           "? a",
                                           "a\nb",
                                           "a\nb\n",
                                           "a\n\nb\n",
                                           "a\nb\n\n",
                                           "\na\n",
                                           "  a\nb\n",
                                           "a\n  b\n",
                                           "a \nb\n",
                                           "a\n \nb\n",
                                           "a\r\nb\n",
                                           "a\rb",
                                           "a\tb\n",
                                           "#!/bin/sh\necho \"$HOME\"\n",
                                           "a\n---\nb\n",
                                           "a\n...\nb\n",
                                           "a: |\n  b\n",
                                           "\x01",
                                           "\x1b[2J",
                                           "\x7f",
                                           "\xC2\x85",
                                           "a\xC2\x85"
                                           "b\n",
                                           "a\xE2\x80\xA8- b\n",
                                           "a\xE2\x80\xA9"
                                           "b",
                                           "\xEF\xBB\xBF"
                                           "a",
                                           "a\xEF\xBF\xBD",
                                           "\xC3\xBC"
                                           "ber",
                                           "\xC3\xBC\nber\n",
                                           "\xF0\x9F\x98\x80",
                                           "\xC2\xA0",
                                           "x\xE2\x80\xAE"
                                           "y",
                                           std::string("nul\0byte", 8),
                                           std::string(2'000, 'a'),
                                           std::string(200, ' ') + "a",
                                           "$(reboot)",
                                           "${HOME}",
                                           "muster/run",
                                           "v1.2-3_4"};

}  // namespace

TEST_CASE("every text comes back as it was, as a value, in a list and as a key") {
    for (const std::string& text : treacherous) {
        INFO(text);
        Value value = Value::map(
            {{"before", 1}, {"value", text}, {"list", Value::list({text, Value::map({{"deep", text}}), text})}, {"after", true}});
        if (text.size() < 1'000) value.set("key " + text, "value").set(text, "value");
        const std::vector<Document> documents{{value, {}}, {Value::map({{"next", text}}), "remark"}};
        check_reads_back(write(documents), documents);
    }
}

TEST_CASE("what is no character becomes the mark for one") {
    const std::vector<Document> documents{{Value::map({{"a", "b\xEF\xBF\xBD"}}), {}}};
    check_reads_back(write({{Value::map({{"a", "b\xEF\xBF\xBE"}}), {}}}), documents);
}

TEST_CASE("a script stays readable") {
    CHECK(write({{Value::map({{"run.sh", "set -eu\n\nif true; then\n  echo \"a: b\" # c\nfi\n"}}), {}}}) ==
          "---\nrun.sh: |\n  set -eu\n\n  if true; then\n    echo \"a: b\" # c\n  fi\n");
}

TEST_CASE("numbers and truth values are no texts") {
    CHECK(write({{Value::map({{"a", 8}, {"b", true}, {"c", "8"}, {"d", "true"}, {"e", Value::list()}, {"f", Value::map()}}), {}}}) ==
          "---\na: 8\nb: true\nc: \"8\"\nd: \"true\"\ne:\n  []\nf:\n  {}\n");
}

TEST_CASE("a remark stays a remark") {
    const std::vector<Document> documents{{Value::map({{"a", "b"}}),
                                           "one\nc: d\r- e\xC2\x85"
                                           "f: g\xE2\x80\xA8h: i\n---\n\x1b[2J\nend"}};
    const std::string text = write(documents);
    check_reads_back(text, documents);
    CHECK(text.find('\r') == std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
}
