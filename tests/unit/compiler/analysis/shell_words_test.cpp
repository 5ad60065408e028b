#include "compiler/analysis/shell_words.h"

#include <catch2/catch.hpp>

using muster::analysis::read_shell;
using muster::analysis::ShellCommand;
using muster::analysis::ShellText;

namespace {

std::vector<std::vector<std::string>> words_of(std::string_view text) {
    std::vector<std::vector<std::string>> all;
    for (const ShellCommand& command : read_shell(text).commands) {
        all.emplace_back();
        for (const auto& word : command.words) all.back().push_back(word.text);
    }
    return all;
}

using Lists = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("words are what a shell makes of them", "[shell]") {
    CHECK(words_of("a 'b c' \"d e\"f g\\ h") == Lists{{"a", "b c", "d ef", "g h"}});
    CHECK(words_of("a \\\n  b") == Lists{{"a", "b"}});
    CHECK(words_of("a; b && c || d\ne & f") == Lists{{"a"}, {"b"}, {"c"}, {"d"}, {"e"}, {"f"}});
    CHECK(words_of("if a; then b; else c; fi") == Lists{{"a"}, {"b"}, {"c"}});
    CHECK(words_of("").empty());
}

TEST_CASE("what is only mentioned is no command", "[shell]") {
    CHECK(words_of("a # b; c\nd") == Lists{{"a"}, {"d"}});
    CHECK(words_of("a#b") == Lists{{"a#b"}});
    CHECK(words_of("cat <<EOF > x\nrm -rf /\nEOF\nls") == Lists{{"cat"}, {"ls"}});
    CHECK(words_of("cat <<-'EOF'\n\tb\n\tEOF\nls") == Lists{{"cat"}, {"ls"}});
    CHECK_FALSE(read_shell("echo docker exec").commands[0].calls("docker"));
}

TEST_CASE("substitutions are commands too", "[shell]") {
    CHECK(words_of("a \"$(b 'c)')\" `d`") == Lists{{"a", "$(b 'c)')", "`d`"}, {"b", "c)"}, {"d"}});
    CHECK(words_of("sh -c 'a | b'") == Lists{{"sh", "-c", "a | b"}, {"a"}, {"b"}});
    CHECK(words_of("x=$((1 + 2)) a") == Lists{{"a"}});
}

TEST_CASE("redirections and pipes are known", "[shell]") {
    const ShellText text = read_shell("A=1 a < in 2>&1 | b >> out 2>/dev/null");
    REQUIRE(text.commands.size() == 2);
    CHECK(text.commands[0].assignments[0].text == "A=1");
    CHECK(text.commands[0].reads[0].text == "in");
    CHECK(text.commands[0].words.size() == 1);
    CHECK(text.commands[1].reads_pipe);
    CHECK(text.commands[0].pipeline == text.commands[1].pipeline);
    CHECK(text.commands[1].writes[0].text == "out");
    CHECK(text.commands[1].writes[1].text == "/dev/null");
}

TEST_CASE("a program is called by others too", "[shell]") {
    CHECK(read_shell("kubectl exec -n x pod -- /usr/bin/psql -c y").commands[0].calls("psql") == 6u);
    CHECK(read_shell("sudo pg_ctl stop").commands[0].calls("pg_ctl") == 1u);
    CHECK_FALSE(read_shell("grep psql file").commands[0].calls("psql"));
}

TEST_CASE("what nothing closes is found where it opens", "[shell]") {
    CHECK(read_shell("a 'b").unclosed == 2u);
    CHECK(read_shell("a \"b $(c)").unclosed == 2u);
    CHECK(read_shell("a $(b").unclosed == 2u);
    CHECK(read_shell("a `b").unclosed == 2u);
    CHECK_FALSE(read_shell("a \"it's\" # it's\ncat <<E\n'\nE\n").unclosed);
    CHECK_FALSE(read_shell("case $x in a) b ;; esac").unclosed);
}
