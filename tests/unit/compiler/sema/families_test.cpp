// `any zone of main`: one scenario for each member, in order, at the place of the declaration.
#include <catch2/catch.hpp>

#include "compiler/model/plan.h"
#include "tests/unit/compiler/sema/compiled.h"

namespace muster::sema {
namespace {

using testing::Compiled;
using testing::in_plan;
using Names = std::vector<std::string>;

const std::string base =
    "tier high { rto 1h }\nsite main { zones a, b; provider aws; region east }\nsite other { zones a; provider \"On premises, 2nd\" }\n"
    "service web : high { at main }\nservice db : high { at other }\nservice mail { at main }\n"
    "data orders : high { class card }\ndata logs\nstore vault { s3 \"x\"; provider aws }\nstore nas { nfs \"y\"; at main }\nstore tape { "
    "volume \"t\" }\n"
    "role dba\nrole lead\nexternal bank\ntool dns { at main }\nprocedure p { recovers web; step s { takes 1m } }\n";

Names names_of(const Compiled& made) {
    Names all;
    for (const auto& scenario : made.plan.scenarios) all.push_back(scenario.heading.name);
    return all;
}

Names members(const std::string& effect) {
    const auto made = in_plan(base + "scenario s { " + effect + " }");
    INFO(effect);
    CHECK(made.codes() == Names{});
    return names_of(made);
}

TEST_CASE("a family has the members that it names, in order of declaration", "[family]") {
    CHECK(members("fails any zone") == Names{"s[main/a]", "s[main/b]", "s[other/a]"});
    CHECK(members("fails any zone of main") == Names{"s[main/a]", "s[main/b]"});
    CHECK(members("fails any zone of site other") == Names{"s[other/a]"});
    CHECK(members("fails any zone of provider aws") == Names{"s[main/a]", "s[main/b]"});
    CHECK(members("fails any service") == Names{"s[web]", "s[db]", "s[mail]"});
    CHECK(members("fails any service of tier high") == Names{"s[web]", "s[db]"});
    CHECK(members("fails any service of main") == Names{"s[web]", "s[mail]"});
    CHECK(members("fails any service of region east") == Names{"s[web]", "s[mail]"});
    CHECK(members("corrupts any data of class card") == Names{"s[orders]"});
    CHECK(members("deletes any data") == Names{"s[orders]", "s[logs]"});
    CHECK(members("destroys any store of provider aws") == Names{"s[vault]", "s[nas]"});
    CHECK(members("fails any store of main") == Names{"s[nas]"});
    CHECK(members("fails any site of provider aws") == Names{"s[main]"});
    CHECK(members("absent any role") == Names{"s[dba]", "s[lead]"});
    CHECK(members("fails any external") == Names{"s[bank]"});
    CHECK(members("fails any tool of main") == Names{"s[dns]"});
    CHECK(members("fails any provider") == Names{"s[aws]", "s[On-premises--2nd]"});
}

TEST_CASE("a member is the scenario with one effect more", "[family]") {
    const auto made = in_plan(base +
                              "scenario s \"Any\" { fails web, any zone of main, db; likelihood 1 per 4y; recover web with p; note \"n\" "
                              "}\nscenario t { fails mail }");
    CHECK(made.codes() == Names{});
    CHECK(names_of(made) == Names{"s[main/a]", "s[main/b]", "t"});
    const model::Scenario& second = made.plan.scenarios[{1}];
    CHECK(second.family == "s");
    CHECK(second.heading.title == "Any: main/b");
    CHECK(second.kind == model::DisruptionKind::zone);
    REQUIRE(second.effects.size() == 3);
    CHECK(model::name_of(made.plan, second.effects[1].thing) == "main/b");
    CHECK(second.choices.size() == 1);
    CHECK(made.plan.scenarios[{2}].family.empty());
}

TEST_CASE("the rate of a family is shared by its members", "[family]") {
    const auto made = in_plan(base + "scenario s { fails any zone of main; likelihood 1 per 4y }");
    CHECK(made.plan.scenarios[{0}].likelihood->per == std::chrono::hours{24 * 365 * 8});
    CHECK(made.plan.scenarios[{0}].likelihood->events.millionths == 1'000'000);
}

TEST_CASE("names of members are safe as names of files, and no two are alike", "[family]") {
    const auto made = in_plan(
        "site a { provider \"A B\" }\nsite b { provider \"A/B\" }\nsite c { provider \"../../etc\" }\nsite d { zones x }\n"
        "scenario s { fails any provider }\nscenario t { fails any zone }");
    CHECK(made.codes() == Names{});
    CHECK(names_of(made) == Names{"s[A-B]", "s[A-B-2]", "s[------etc]", "t[d/x]"});
    CHECK(made.plan.scenarios[{2}].file_name() == "s.------etc");
    CHECK(made.plan.scenarios[{3}].file_name() == "t.d.x");
}

TEST_CASE("what refers to a family means all of its members", "[family]") {
    const auto made =
        in_plan(base +
                "scenario s { fails any zone of main }\ndrill d { exercises s; every year }\nchecklist c { for s; during \"Tell them\" }\n"
                "expect max rta of web in s <= 1h");
    CHECK(made.codes() == Names{});
    CHECK(made.plan.drills[{0}].exercises.size() == 2);
    CHECK(made.plan.checklists[{0}].scenarios.size() == 2);
    CHECK(made.plan.expectations[{0}].scenarios.size() == 2);
    CHECK(made.plan.expectations[{0}].heading.name == "max rta of web in s <= 1h");
}

TEST_CASE("a family of none, of two kinds or of the wrong things is reported", "[family]") {
    CHECK(in_plan("tier t\nscenario s { fails any service of tier t }").only_message() ==
          "`any service of tier t` stands for nothing: the plan has none");
    CHECK(in_plan(base + "scenario s { corrupts any data of class crad }").codes() == Names{"M2020"});
    CHECK(in_plan(base + "scenario s { fails any service of tier hihg }").only_message() ==
          "there is no tier called `hihg` = did you mean `high`?");
    CHECK(in_plan(base + "scenario s { fails any zone, any store }").codes() == Names{"M2010"});
    CHECK(in_plan(base + "scenario s { corrupts any service }").codes() == Names{"M2010"});
    CHECK(in_plan(base + "scenario s { absent any zone }").codes() == Names{"M2010"});
    CHECK(in_plan(base + "scenario s { fails any role of tier high }").codes() == Names{"M2010"});
    CHECK(in_plan(base + "scenario s { fails any zones }").codes() == Names{"M1001"});
    CHECK(in_plan(base + "detector d { watches any zone }").codes() == Names{"M1001"});
}

TEST_CASE("a family has at most a thousand members", "[family]") {
    std::string services;
    for (int i = 0; i < 1'001; ++i) services += "service s" + std::to_string(i) + "\n";
    CHECK(in_plan(services + "scenario s { fails any service }").codes() == Names{"M2004"});
}

TEST_CASE("what is called any is still a name", "[family]") {
    const auto made = in_plan("service any\ndata any\nscenario s { fails service any; corrupts data any }");
    CHECK(made.codes() == Names{});
    CHECK(made.plan.scenarios[{0}].effects.size() == 2);
}

TEST_CASE("damage is of data, absence of roles", "[family]") {
    CHECK(in_plan(base + "scenario s { corrupts orders, data logs; absent dba, role lead }").codes() == Names{});
    CHECK(in_plan(base + "scenario s { corrupts service web }").codes() == Names{"M2010"});
    CHECK(in_plan(base + "scenario s { corrupts web }").codes() == Names{"M2001"});
    CHECK(in_plan(base + "scenario s { absent store nas }").codes() == Names{"M2010"});
}

}  // namespace
}  // namespace muster::sema
