// One message for each fault, at its place, and the rest of the file is still read.
#include <catch2/catch.hpp>

#include "tests/unit/compiler/sema/compiled.h"

namespace muster::syntax {
namespace {

using sema::testing::Compiled;
using sema::testing::compiled;
using sema::testing::in_plan;
using Places = std::vector<std::string>;

// Each fault stands before this declaration, which has to be read all the same.
const std::string witness = "service witness {\n  replicas 7\n}\n";

Compiled before_witness(const std::string& text) {
    auto plan = in_plan(text + witness);
    const auto& services = plan.plan.services;
    INFO("after: " << text);
    REQUIRE_FALSE(services.empty());
    const model::Service& last = services[{static_cast<std::uint32_t>(services.size() - 1)}];
    CHECK(last.heading.name == "witness");
    CHECK(last.replicas == 7);
    return plan;
}

TEST_CASE("a broken clause costs its line", "[recovery]") {
    const auto plan = before_witness("service a {\n  replicas x\n  image \"b\"\n}\n");
    CHECK(plan.places() == Places{"M1001 3:12"});
    CHECK(plan.plan.services[{0}].image == "b");
}

TEST_CASE("a broken clause before `;` costs itself only", "[recovery]") {
    const auto plan = before_witness("service a { replicas x; image \"b\" }\n");
    CHECK(plan.places() == Places{"M1001 2:22"});
    CHECK(plan.plan.services[{0}].image == "b");
}

TEST_CASE("every fault of a block is reported", "[recovery]") {
    CHECK(before_witness("service a {\n  rtp 5m\n  replicas\n  rto 5\n  image x\n  heals 5m\n}\n").places() ==
          Places{"M1002 3:3", "M1001 4:11", "M1010 5:7", "M1001 6:9", "M1001 7:9"});
}

TEST_CASE("a broken header keeps its block", "[recovery]") {
    const auto plan = before_witness("service a : {\n  rtp 5m\n}\n");
    CHECK(plan.places() == Places{"M1001 2:13", "M1002 3:3"});
    CHECK(before_witness("service a \"title\" more words {\n  rtp 5m\n}\n").places() == Places{"M1001 2:19", "M1002 3:3"});
    CHECK(before_witness("service {\n  rtp 5m\n}\n").codes() == Places{"M1001", "M1002"});
}

TEST_CASE("a title behind the tier is one message and keeps its block", "[recovery]") {
    CHECK(before_witness("tier gold\nservice a : gold \"title\" {\n  rtp 5m\n}\n").places() == Places{"M1001 3:18", "M1002 4:3"});
}

TEST_CASE("an unknown declaration costs its block", "[recovery]") {
    CHECK(before_witness("sevice a {\n  rtp 5m\n  phase { x }\n}\n").places() == Places{"M1003 2:1"});
}

TEST_CASE("two clauses on a line are told apart from a broken one", "[recovery]") {
    CHECK(before_witness("tier a { rto 5m rpo 1m; mtd 1h }\n").places() == Places{"M1004 2:17"});
    CHECK(before_witness("service a } service b\n").codes() == Places{"M1006"});
    CHECK(before_witness("service a service b\n").places() == Places{"M1001 2:11"});
}

TEST_CASE("clauses on one line may end with `;`, and so may declarations", "[recovery]") {
    const auto plan = in_plan("service a { replicas 1; ; image \"b\"; }; service c;\n;\nservice d {}\n");
    CHECK(plan.places() == Places{});
    CHECK(plan.plan.services.size() == 3);
}

TEST_CASE("a block that is not closed is reported where it opens", "[recovery]") {
    CHECK(before_witness("service a {\n  replicas 1\n").places() == Places{"M1005 2:11"});
    CHECK(before_witness("procedure p {\n  step s {\n    takes 1m\n").places() == Places{"M1005 3:10"});
    CHECK(compiled("plan p {\n  version \"1\"\n").places() == Places{"M1005 1:8"});
}

TEST_CASE("an unclosed block within a closed one is the one that opens last", "[recovery]") {
    CHECK(before_witness("procedure p {\n  step s {\n    takes 1m\n}\n").codes() == Places{"M1005"});
}

TEST_CASE("a brace too many is one message", "[recovery]") {
    CHECK(before_witness("service a { replicas 1 }\n}\n").places() == Places{"M1006 3:1"});
    CHECK(before_witness("}\n}\n").places() == Places{"M1006 2:1", "M1006 3:1"});
}

TEST_CASE("a text that is not closed costs its line", "[recovery]") {
    CHECK(before_witness("service a {\n  image \"b\n  replicas 1\n}\n").places() == Places{"M1007 3:9"});
    CHECK(before_witness("service a {\n  image 'b\n}\n").places() == Places{"M1007 3:9"});
    CHECK(before_witness("service a {\n  image \"b\\q\"\n}\n").codes() == Places{"M1007"});
}

TEST_CASE("a title that is not closed is that fault too", "[recovery]") {
    CHECK(before_witness("service a \"title\n").places() == Places{"M1007 2:11"});
    CHECK(before_witness("service a \"title {\n  replicas 1\n}\n").codes().front() == "M1007");
}

TEST_CASE("a text block that is not closed is reported where it opens", "[recovery]") {
    CHECK(in_plan("service a {\n  note \"\"\"\n    text\n}\n").places() == Places{"M1008 3:8"});
}

TEST_CASE("a text block on one line costs its line", "[recovery]") {
    CHECK(before_witness("service a {\n  note \"\"\"text\"\"\"\n  replicas 1\n}\n").places() == Places{"M1008 3:8"});
}

TEST_CASE("numbers that are none are one token and one message", "[recovery]") {
    CHECK(before_witness("role a {\n  responds 5min\n  headcount 3x\n}\n").places() == Places{"M1009 3:12", "M1009 4:13"});
    CHECK(before_witness("role a {\n  responds -5m\n}\n").places() == Places{"M1009 3:12"});
    CHECK(before_witness("data a { size 5gb }\n").places() == Places{"M1009 2:15"});
    CHECK(before_witness("tier a {\n  rto 5\n}\n").places() == Places{"M1010 3:7"});
}

TEST_CASE("a character that no token begins with is one message", "[recovery]") {
    CHECK(before_witness("service a {\n  @ 5\n}\n").codes() == Places{"M1002"});
    CHECK(before_witness("?\n").codes() == Places{"M1003"});
}

TEST_CASE("keywords are names wherever a name stands", "[recovery]") {
    const auto plan = in_plan(
        "tier rto { rto 1h }\n"
        "site site { zones zone, step, at }\n"
        "service plan \"of the shop\" : rto\n"
        "service service : rto { needs needs or of; at site/zone active; workload deployment/in in in }\n"
        "service needs\nservice of\nservice or\n"
        "role by { headcount 1 }\n"
        "procedure step { recovers of, needs; step step { by by; takes 1m }; step after { after step; takes 1m } }\n"
        "scenario scenario { fails service service, or; follow step }\n"
        "data data { in of, or }\nstore store { at site }\nbackup of of data { to store after 1d }\n");
    CHECK(plan.places() == Places{});
    CHECK(in_plan("service active { needs or or of }\nservice or\nservice of\n").places() == Places{});
}

TEST_CASE("deep nesting is refused before it is parsed", "[recovery]") {
    std::string deep = "procedure p {\n";
    for (int i = 0; i < 20'000; ++i) deep += "parallel {\n";
    CHECK(in_plan(deep).places() == Places{"M1011 66:10"});
    std::string most = "procedure p {\n";
    for (int i = 0; i < 63; ++i) most += "parallel {\n";
    for (int i = 0; i < 64; ++i) most += "}\n";
    CHECK(in_plan(most).places() == Places{});
}

TEST_CASE("after a hundred faults a file is given up, and says so", "[recovery]") {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "x\n";
    CHECK(in_plan(text).found.size() == 100);
    const auto more = in_plan(text + "x\nx\nx\n");
    REQUIRE(more.found.size() == 101);
    CHECK(more.places().front() == "M1012 0:0");
}

TEST_CASE("every cut through a plan is survived", "[recovery]") {
    const std::string text =
        "plan p \"t\" { version \"1\" }\nprocedure a {\n step b { run \"\"\"\n  x\n  \"\"\"; takes 1m..2m }\n parallel { step c }\n}\n"
        "role d { hours mon..fri 08:00..18:00 }\nstore s { s3 'x' }\ndata e\nbackup f of e { to s; keep 30d daily in s }\n";
    for (std::size_t length = 0; length <= text.size(); ++length) {
        const auto plan = compiled(text.substr(0, length));
        INFO(text.substr(0, length));
        CHECK(plan.found.size() <= 3);
    }
}

TEST_CASE("positions count code points and lines", "[recovery]") {
    CHECK(in_plan("service a { note \"Größe 中\"; rtp 5m }\r\nservice b { rtp 5m }\n").places() == Places{"M1002 2:29", "M1002 3:13"});
}

TEST_CASE("declarations stand in a what-if, and a block in it that is not closed is still noticed", "[recovery]") {
    CHECK(before_witness("role a\nwhatif w {\n  role a {\n    headcount 2\n  }\n  role b { headcount 3 }\n}\n").places() == Places{});
    CHECK(before_witness("whatif w {\n  role a {\n    headcount 2\n  role b { headcount 3 }\n}\n").places() == Places{"M1005 3:10"});
    CHECK(before_witness("whatif w {\n  procedure p {\n    step s {\n      takes 1m\n  role b\n}\n").codes() == Places{"M1005"});
}

TEST_CASE("a what-if that is not closed gives back what was not meant to be in it", "[recovery]") {
    CHECK(before_witness("whatif w {\n  role a { headcount 2 }\n").places() == Places{"M1005 2:10"});
    CHECK(before_witness("whatif w {\n  role a {\n    headcount 2\n}\n").places() == Places{"M1005 2:10"});
    CHECK(before_witness("whatif w {\n  role a { headcount 2 }\nwhatif v {\n  role a\n}\n").places() == Places{"M1005 2:10"});
    CHECK(before_witness("whatif w {\n  role a\nexpect availability of witness >= 99%\n").places() == Places{"M1005 2:10"});
    CHECK(before_witness("whatif w {\nremove role a\n").places() == Places{"M1005 2:10"});
    const auto plan = before_witness("whatif w {\n  role a\nrole b\n");
    CHECK(plan.plan.roles.size() == 1);
    CHECK(plan.places() == Places{"M1005 2:10"});
}

TEST_CASE("what cannot stand in a what-if costs its line", "[recovery]") {
    CHECK(before_witness("whatif w {\n  roel a { headcount 2 }\n  remvoe role a\n}\n").places() == Places{"M1002 3:3", "M1002 4:3"});
    CHECK(before_witness("whatif w {\n  remove plan p\n  remove role\n}\n").codes() == Places{"M1001", "M1001"});
    CHECK(before_witness("whatif {\n  role a\n}\n").codes() == Places{"M1001"});
}

TEST_CASE("an expectation is one line", "[recovery]") {
    CHECK(before_witness("expect p95 rta of a in b <= 30\n").places() == Places{"M1010 2:29"});
    CHECK(before_witness("expect p95 rta of a in b 30m\n").places() == Places{"M1001 2:26"});
    CHECK(before_witness("expect p95 of a {\n  rtp 5m\n}\n").places() == Places{"M1001 2:12", "M1002 3:3"});
    CHECK(before_witness("expect often\n").places() == Places{"M1001 2:8"});
}

}  // namespace
}  // namespace muster::syntax
