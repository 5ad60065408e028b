#include <catch2/catch.hpp>

#include "tests/unit/compiler/sema/compiled.h"

namespace muster::sema {
namespace {

using testing::compiled;
using testing::in_plan;
using Places = std::vector<std::string>;

TEST_CASE("order of declarations carries no meaning", "[names]") {
    const auto late = compiled("service web : gold { needs db }\nservice db\ntier gold { rto 1h }\nplan test\n");
    CHECK(late.places() == Places{});
    CHECK(late.plan.services[{0}].needs.size() == 1);
    CHECK(late.plan.services[{0}].tier);
}

TEST_CASE("a misspelt name is one message with an edit that mends it", "[names]") {
    const auto plan = in_plan("service database\nservice web { needs databse }\n");
    CHECK(plan.places() == Places{"M2001 3:21"});
    CHECK(plan.only_message() == "there is no service or external called `databse` = did you mean `database`?");
    REQUIRE(plan.found.front().edits.size() == 1);
    CHECK(plan.found.front().edits.front().replacement == "database");
    CHECK(plan.found.front().edits.front().span.end.column == 28);
}

TEST_CASE("a name that could not be read is not a second fault where it is used", "[names]") {
    CHECK(in_plan("service db : {\n}\nservice web { needs db }\n").places() == Places{"M1001 2:14"});
}

TEST_CASE("names are unique per kind, and kinds may share them", "[names]") {
    CHECK(in_plan("service shop\nsite shop\ntier shop\nrole shop\n").places() == Places{});
    CHECK(in_plan("service shop\nservice shop\n").places() == Places{"M2002 3:9"});
}

TEST_CASE("copies are named within their data", "[names]") {
    const std::string_view stores = "store vault\ndata a\ndata b\n";
    CHECK(in_plan(std::string(stores) + "backup nightly of a { to vault }\nbackup nightly of b { to vault }\n").places() == Places{});
    CHECK(in_plan(std::string(stores) + "backup nightly of a { to vault }\nbackup nightly of a, b { to vault }\n").places() ==
          Places{"M2002 6:8"});
}

TEST_CASE("steps are named within their procedure", "[names]") {
    CHECK(in_plan("procedure p { step go }\nprocedure q { step go }\n").places() == Places{});
    CHECK(in_plan("procedure p { step go; parallel { step go } }\n").places() == Places{"M2002 2:40"});
}

TEST_CASE("a name that may mean two things is reported, and the kind settles it", "[names]") {
    const std::string_view twins = "service payments\nexternal payments\n";
    CHECK(in_plan(std::string(twins) + "service web { needs payments }\n").places() == Places{"M2009 4:21"});
    CHECK(in_plan(std::string(twins) + "scenario gone { fails external payments }\n").places() == Places{});
}

TEST_CASE("of a copy and a store of one name, a restore means the copy", "[names]") {
    const auto plan = in_plan("store vault\ndata a\nbackup vault of a { to vault }\nprocedure p { step go { restore a from vault } }\n");
    CHECK(plan.places() == Places{});
    const auto& restore = std::get<model::Restore>(*plan.plan.steps[{0}].action);
    CHECK(restore.copy);
    CHECK_FALSE(restore.store);
}

TEST_CASE("domains are known once a site or a store lies in them", "[names]") {
    CHECK(in_plan("site main { region north }\nscenario gone { fails region north }\n").places() == Places{});
    CHECK(in_plan("site main { region north }\nscenario gone { fails region nroth }\n").only_message() ==
          "there is no region called `nroth` = did you mean `north`?");
    CHECK(in_plan("site main { region north }\nscenario gone { fails provider north }\n").codes() == Places{"M2001"});
}

TEST_CASE("a plan has a plan, and one only", "[names]") {
    CHECK(compiled("service web\n").codes() == Places{"M2008"});
    CHECK(compiled("").codes() == Places{"M2008"});
    CHECK(compiled("plan a\nplan b\n").places() == Places{"M2002 2:6"});
}

TEST_CASE("files with an error are not told that they have no plan", "[names]") { CHECK(compiled("plann a\n").codes() == Places{"M1003"}); }

}  // namespace
}  // namespace muster::sema
