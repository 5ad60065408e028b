#include "compiler/evidence/evidence.h"

#include <catch2/catch.hpp>

#include "compiler/evidence/lengths.h"
#include "tests/unit/compiler/evidence/chain.h"

using namespace muster;
using namespace muster::evidence;
using evidence::testing::Chain;
using namespace std::chrono_literals;

namespace {

Run run_of(const Chain& chain) {
    auto run = read_evidence(chain.text());
    INFO((run ? "" : run.error().message));
    REQUIRE(run.has_value());
    return *run;
}

std::string why_not(const std::string& text) {
    const auto run = read_evidence(text);
    REQUIRE_FALSE(run.has_value());
    return run.error().message;
}

Chain whole() {
    return Chain().add(0, "started").part(1, 31, "action", "move.promote").add(32, "done", "move.promote").add(33, "finished");
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

StepRun only_step(const Chain& chain) {
    const auto steps = steps_of(run_of(chain));
    REQUIRE(steps.size() == 1);
    return steps.front();
}

}  // namespace

TEST_CASE("evidence whose chain is whole is read", "[evidence]") {
    const Run run = run_of(whole());
    CHECK(run.scenario == "outage");
    CHECK(run.events.size() == 4);
    CHECK(run.head == whole().head());
    CHECK(run.finished());
    CHECK(run.events[1].start == run.events[0].at + 1s);
    CHECK(run.events[1].operator_name == "kim");
}

TEST_CASE("a run has come to its end if it was not resumed after", "[evidence]") {
    CHECK(run_of(whole().add(40, "sent")).finished());
    CHECK_FALSE(run_of(whole().add(40, "resumed")).finished());
    CHECK_FALSE(run_of(Chain().add(0, "started")).finished());
}

TEST_CASE("evidence that was changed, cut or mixed is not believed", "[evidence]") {
    const std::string text = whole().text();
    const std::size_t second = text.find('\n') + 1;
    CHECK(why_not("") == "it is empty");
    CHECK(why_not(text.substr(0, text.size() - 9)) == "its last line is torn: the end of it is missing");
    CHECK(why_not(replaced(text, "\"exit\":0", "\"exit\":1")) ==
          "line 3 does not follow from line 2: a line was changed, added or taken away there");
    CHECK(why_not(text.substr(second)) == "its first line follows another, which is missing");
    CHECK(why_not(text.substr(0, second) + text.substr(text.find('\n', second) + 1)) ==
          "line 2 does not follow from line 1: a line was changed, added or taken away there");
    CHECK(why_not(text + whole().text()) == "line 5 does not follow from line 4: a line was changed, added or taken away there");
    CHECK(why_not("{}\n") == "line 1 does not say `\"format\": 1`: it is no evidence that this version reads");
    CHECK(why_not("what is this\n") == "line 1 is no JSON object");
    CHECK(why_not("\xff\n") == "it is not UTF-8");
    CHECK(why_not(Chain().add(0, "action", "a.b").text()) == "it does not begin with `started`: its first lines are missing");
}

TEST_CASE("a line of another plan in the same chain is found", "[evidence]") {
    Chain chain = Chain().add(0, "started");
    const std::string line = fmt::format(
        "{{\"format\":1,\"at\":\"{}\",\"event\":\"done\",\"scenario\":\"outage\",\"plan_sha256\":\"{}\",\"previous\":\"{}\"}}\n",
        Chain::at(1), std::string(64, 'b'), chain.head());
    CHECK(why_not(chain.text() + line) == "line 2 is of another plan or scenario than line 1");
}

TEST_CASE("a step is measured from the begin of its last attempt until it is done", "[evidence]") {
    const StepRun step = only_step(Chain()
                                       .add(0, "started")
                                       .part(1, 2, "precheck", "a.b", 0)
                                       .part(2, 9, "action", "a.b", 1, 7)
                                       .part(100, 130, "action", "a.b", 2)
                                       .part(130, 135, "verify", "a.b", 2)
                                       .add(140, "done", "a.b")
                                       .add(141, "finished"));
    CHECK(step.length() == 40s);
    CHECK(step.attempts == 2);
    CHECK(step.failures == 1);
    CHECK(step.operators == std::vector<std::string>{"kim"});
}

TEST_CASE("what was not done in full is not measured", "[evidence]") {
    const auto why = [](const Chain& chain) { return only_step(chain).unmeasured; };
    const auto begun = [] { return Chain().add(0, "started"); };
    CHECK(why(begun().add(1, "skipped", "a.b")) == "it was skipped");
    CHECK(why(begun().part(1, 2, "action", "a.b")) == "it was not finished");
    CHECK(why(begun().part(1, 2, "done_when", "a.b").part(2, 3, "verify", "a.b").add(4, "done", "a.b")) == "there was nothing to do");
    CHECK(why(begun().part(1, 2, "action", "a.b").add(3, "interrupted").add(99, "resumed").add(100, "done", "a.b")) ==
          "the run was stopped meanwhile");
    CHECK(why(begun().part(5, 9, "action", "a.b").add(3, "done", "a.b")) == "the clock was set back meanwhile");
    CHECK(why(begun().part(1, 2, "action", "a.b").add(3, "decided", "a.b", ",\"answer\":\"done\"").add(4, "done", "a.b")) ==
          "it was taken as done");
}

TEST_CASE("a check after the end does not make a step longer", "[evidence]") {
    const StepRun step = only_step(Chain()
                                       .add(0, "started")
                                       .part(1, 11, "manual", "a.b")
                                       .add(11, "done", "a.b")
                                       .add(12, "resumed")
                                       .part(500, 510, "verify", "a.b", 1, 1));
    CHECK(step.length() == 10s);
}
