// Services that need each other.
#include "compiler/model/graph.h"

#include "tests/unit/compiler/analysis/estimated.h"

namespace muster::model {
namespace {

using Names = std::vector<std::vector<std::string>>;

Names cycles_of(const std::string& text) {
    const Plan plan = analysis::Estimated::plan_of(text + "service nobody\nscenario none { fails nobody; detected after 0s }\n");
    Names names;
    for (const auto& cycle : dependency_cycles(plan)) {
        names.emplace_back();
        for (const auto id : cycle) names.back().push_back(plan.services[id].heading.name);
    }
    return names;
}

}  // namespace

TEST_CASE("graph: of each knot the shortest cycle, from its first service") {
    CHECK(cycles_of("service a { needs b }\nservice b\n").empty());
    CHECK(cycles_of("service a { needs b }\nservice b { needs c }\nservice c { needs a, d }\nservice d { needs c }\n") ==
          Names{{"c", "d", "c"}});
    CHECK(cycles_of("service a { needs b }\nservice b { needs a }\nservice c { needs a, d }\nservice d { needs c }\n") ==
          Names{{"a", "b", "a"}, {"c", "d", "c"}});
    CHECK(cycles_of("service a { needs b or c }\nservice b { needs a }\nservice c { needs a }\n").empty());
}

TEST_CASE("graph: a short cycle is found behind a long one") {
    std::string text;
    for (int i = 0; i < 40; ++i)
        text += "service s" + std::to_string(i) + " { needs s" + std::to_string((i + 1) % 40) + (i == 30 ? ", s28 }\n" : " }\n");
    CHECK(cycles_of(text) == Names{{"s28", "s29", "s30", "s28"}});
}

}  // namespace muster::model
