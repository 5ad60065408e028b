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

TEST_CASE("the tools that a text calls are known", "[runbook]") {
    using Tools = std::set<std::string>;
    CHECK(tools_in("kubectl exec -n shop pod/db -- psql -c 'SELECT 1'\naws s3 ls | gpg -d && curl x") ==
          Tools{"kubectl", "aws", "gpg", "curl"});
    CHECK(tools_in("x=$(restic snapshots); { helm ls; }") == Tools{"restic", "helm"});
    CHECK(tools_in("echo kubectl; ./aws; )(").empty());
}

TEST_CASE("names become parts of variable names", "[runbook]") { CHECK(variable_part("orders-db.2\xc3\xbc") == "ORDERS_DB_2__"); }
