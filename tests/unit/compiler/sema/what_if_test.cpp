// What a partial declaration replaces, what it adds, and what `remove` takes away.
#include "compiler/sema/what_if.h"

#include <catch2/catch.hpp>

#include "compiler/sema/resolve.h"
#include "compiler/syntax/parse.h"
#include "tests/unit/compiler/sema/compiled.h"

namespace muster::sema {
namespace {

using testing::Compiled;
using Codes = std::vector<std::string>;

struct WouldBe : Compiled {
    std::vector<std::string> words;
};

// The plan `base`, with `changes` made to it.
WouldBe would_be(const std::string& base, const std::string& changes) {
    WouldBe made;
    diagnostics::Sink sink;
    const auto file = made.sources.add(support::Source("test.drp", "plan test\n" + base));
    const auto set = made.sources.add(support::Source("--set", changes));
    const std::vector<ast::File> files{syntax::parse(made.sources[file], file, sink)};
    const auto changed_files = changed(files, syntax::parse_changes(made.sources[set], set, sink).declarations, sink);
    made.words = changed_files.words;
    made.plan = resolve(changed_files.files, made.sources, sink);
    made.found = sink.sorted();
    return made;
}

std::vector<std::string> steps_of(const model::Plan& plan) {
    std::vector<std::string> names;
    for (const auto& step : plan.steps) names.push_back(step.heading.name + (step.afterwards ? " (afterwards)" : ""));
    return names;
}

TEST_CASE("a clause replaces all of its keyword, and leaves the others", "[what-if]") {
    const auto made = would_be("role dba \"Old\" { headcount 1; responds 5m; responds 9m outside hours; phone \"1\" }",
                               "role dba { headcount 2; responds 3m }");
    CHECK(made.codes() == Codes{});
    const model::Role& role = made.plan.roles[{0}];
    CHECK(role.headcount == 2);
    CHECK(role.heading.title == "Old");
    CHECK(role.reach.size() == 1);
    CHECK(made.words == Codes{"role `dba`: headcount, responds"});
}

TEST_CASE("title and tier are replaced where they are said", "[what-if]") {
    const std::string tiers = "tier a { rto 1h }\ntier b { rto 2h }\n";
    const auto tier = [](const WouldBe& made) {
        return made.plan.services[{0}].tier ? static_cast<int>(made.plan.services[{0}].tier->value.value) : -1;
    };
    CHECK(tier(would_be(tiers + "service web \"Shop\" : a", "service web : b")) == 1);
    CHECK(tier(would_be(tiers + "service web", "service web : b")) == 1);
    CHECK(tier(would_be(tiers + "service web : a", "service web { replicas 3 }")) == 0);
    CHECK(would_be(tiers + "service web : a", "service web \"New\"").plan.services[{0}].heading.title == "New");
    CHECK(would_be(tiers + "service web \"Old\" : a", "service web \"New\" : b").plan.services[{0}].heading.title == "New");
}

TEST_CASE("what says the same in other words is replaced, too", "[what-if]") {
    const std::string base =
        "data d\nstore s { s3 \"a\" }\nbackup n of d { every day; to s }\nrole r\n"
        "procedure p { step x { by r; takes 1m; manual \"by hand\" } }\n";
    CHECK(would_be(base, "backup n of d { cron \"0 2 * * *\" }").codes() == Codes{});
    CHECK(would_be(base, "store s { nfs \"b\" }").codes() == Codes{});
    const auto made = would_be(base, "procedure p { step x { automatic; run \"true\" } }");
    CHECK(made.codes() == Codes{});
    CHECK(std::holds_alternative<model::Run>(*made.plan.steps[{0}].action));
    CHECK(made.plan.steps[{0}].by.empty());
    CHECK(made.plan.steps[{0}].takes.has_value());
}

TEST_CASE("steps are found by name wherever they stand", "[what-if]") {
    const std::string base =
        "procedure p {\n  step a { takes 1m }\n  phase one { within 5m; step b { takes 1m } }\n"
        "  parallel { step c { takes 1m }; parallel { step d { takes 1m } } }\n  afterwards { step e { takes 1m } }\n}\n";
    const auto made = would_be(base, "procedure p { step b { takes 2m }; step d { takes 3m }; step e { takes 4m } }");
    CHECK(made.codes() == Codes{});
    CHECK(steps_of(made.plan) == Codes{"a", "b", "c", "d", "e (afterwards)"});
    CHECK(made.plan.steps[{1}].takes->value.planning() == std::chrono::minutes{2});
    CHECK(made.plan.steps[{3}].takes->value.planning() == std::chrono::minutes{3});
    CHECK(made.plan.steps[{4}].takes->value.planning() == std::chrono::minutes{4});
    CHECK(made.plan.procedures[{0}].phases.size() == 1);
}

TEST_CASE("a new step comes last in its block, before what is done afterwards", "[what-if]") {
    const std::string base =
        "procedure p {\n  step a { takes 1m }\n  phase one { step b { takes 1m } }\n  afterwards { step z { takes 1m } }\n}\n";
    CHECK(steps_of(would_be(base, "procedure p { step n }").plan) == Codes{"a", "b", "n", "z (afterwards)"});
    CHECK(steps_of(would_be(base, "procedure p { phase one { step n } }").plan) == Codes{"a", "b", "n", "z (afterwards)"});
    CHECK(steps_of(would_be(base, "procedure p { phase two { step n } }").plan) == Codes{"a", "b", "n", "z (afterwards)"});
    CHECK(steps_of(would_be(base, "procedure p { afterwards { step n } }").plan) == Codes{"a", "b", "z (afterwards)", "n (afterwards)"});
    CHECK(steps_of(would_be(base, "procedure p { parallel { step n; step a { takes 2m } } }").plan) ==
          Codes{"a", "b", "n", "z (afterwards)"});
}

TEST_CASE("a word that elsewhere holds steps is a clause where it does not", "[what-if]") {
    const auto site = would_be("site main { parallel 4; zones a }", "site main { parallel 2 }");
    CHECK(site.codes() == Codes{});
    CHECK(site.plan.sites[{0}].parallel->value == 2);
    const auto list = would_be("checklist c { before \"a\"; afterwards \"b\"; afterwards \"c\" }", "checklist c { afterwards \"d\" }");
    CHECK(list.plan.checklists[{0}].items.size() == 2);
}

TEST_CASE("what the plan does not declare is added", "[what-if]") {
    const auto made = would_be("role dba", "role lead { headcount 2 }");
    CHECK(made.plan.roles.size() == 2);
    CHECK(made.words == Codes{"role `lead` is new"});
}

TEST_CASE("remove takes a declaration or a step away, and what refers to it refers to nothing", "[what-if]") {
    const std::string base =
        "role dba\ndata d\nbackup n of d { every day }\nprocedure p {\n  step a { by dba; takes 1m }\n  step b { after a; takes 1m }\n}\n";
    const auto made = would_be(base, "remove backup n of d");
    CHECK(made.codes() == Codes{});
    CHECK(made.plan.copies.empty());
    CHECK(made.words == Codes{"backup `n` of `d` is gone"});
    CHECK(would_be(base, "remove role dba").places() == Codes{"M2001 6:15"});
    CHECK(would_be(base, "remove step a of p").places() == Codes{"M2001 7:18"});
    CHECK(would_be(base, "remove step b of p").codes() == Codes{});
    CHECK(would_be(base, "remove step b of p; remove step a of p; remove role dba").codes() == Codes{});
}

TEST_CASE("changes are made one after the other", "[what-if]") {
    const auto made =
        would_be("role dba { headcount 3; responds 5m }", "remove role dba; role dba { headcount 2 }; role dba { responds 1m }");
    CHECK(made.codes() == Codes{});
    CHECK(made.plan.roles.size() == 1);
    CHECK(made.plan.roles[{0}].headcount == 2);
    CHECK(made.words == Codes{"role `dba` is gone", "role `dba` is new", "role `dba`: responds"});
}

TEST_CASE("copies are found by their data", "[what-if]") {
    const std::string base = "data d\ndata e\nbackup n of d { every day }\nbackup n of e { every day }\n";
    const auto made = would_be(base, "backup n of e { takes 9m }");
    CHECK(made.codes() == Codes{});
    CHECK(made.plan.copies.size() == 2);
    CHECK(made.plan.copies[{1}].backup()->takes.planning() == std::chrono::minutes{9});
    CHECK(made.plan.copies[{0}].backup()->takes.planning() == std::chrono::minutes{0});
}

TEST_CASE("a remove that finds nothing is reported where it stands", "[what-if]") {
    CHECK(would_be("role dba", "remove role dbo").only_message() == "there is no role called `dbo` = did you mean `dba`?");
    CHECK(would_be("data d\nbackup n of d { every day }", "remove backup n").only_message() ==
          "`remove` says nothing here: a backup is known by its name and its data, and no data is named = write `remove backup n of NAME`");
    CHECK(would_be("data d\ndata e\nbackup n of d { every day }", "remove backup n of e").only_message() ==
          "there is no backup of `e` called `n`");
    CHECK(would_be("procedure p { step a }", "remove step b of p").only_message() == "there is no step of `p` called `b`");
    CHECK(would_be("procedure p { step a }", "remove step a").codes() == Codes{"M2010"});
    CHECK(would_be("role dba", "remove role dbo").found.front().primary.span.file == support::FileId{1});
}

TEST_CASE("a remark of a what-if changes nothing", "[what-if]") { CHECK(would_be("role dba", "note \"why\"; see \"x\"").words.empty()); }

TEST_CASE("a broken what-if is found without being applied", "[what-if]") {
    const auto check = [](const std::string& text) {
        Compiled made;
        diagnostics::Sink sink;
        const auto file = made.sources.add(support::Source("test.drp", "plan test\n" + text));
        const std::vector<ast::File> files{syntax::parse(made.sources[file], file, sink)};
        made.plan = resolve(files, made.sources, sink);
        REQUIRE_FALSE(sink.has_errors());
        check_what_ifs(files, made.sources, sink);
        made.found = sink.sorted();
        return made;
    };
    CHECK(check("role r\nprocedure p { step a { by r; takes 1m } }\nwhatif w { role r { headcount 2 } }").codes() == Codes{});
    CHECK(check("role r\nprocedure p { step a { by r; takes 1m } }\nwhatif w { remove role r }").places() == Codes{"M2019 4:8"});
    CHECK(check("role r\nwhatif w { service s { uses d } }").places() == Codes{"M2001 3:29"});
    std::string many;
    for (int i = 0; i < 101; ++i) many += "whatif w" + std::to_string(i) + "\n";
    CHECK(check(many).places() == Codes{"M2004 102:8"});
}

}  // namespace
}  // namespace muster::sema
