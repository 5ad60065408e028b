// Every clause of the grammar means something: a fixture says everything that can be said, and sema reads all of it.
#include <catch2/catch.hpp>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "compiler/sema/load.h"
#include "compiler/sema/what_if.h"
#include "compiler/syntax/parse.h"
#include "tests/unit/compiler/sema/compiled.h"
#include "tests/unit/root.h"

namespace muster::sema {
namespace {

using Words = std::set<std::string>;

std::string content_of(const std::string& path) {
    std::ifstream in(project_root() + "/" + path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The fixed words of the grammar, without its comments and its tokens.
Words words_of_grammar() {
    std::string text = std::regex_replace(content_of("grammar/MusterPlan.g4"), std::regex("//[^\n]*"), "");
    text = text.substr(0, text.find("DATETIME :"));
    Words words;
    const std::regex literal("'([a-z][a-z0-9]*)'");
    for (std::sregex_iterator at(text.begin(), text.end(), literal), end; at != end; ++at) words.insert((*at)[1]);
    return words;
}

void collect(const std::vector<ast::Value>& values, Words& words) {
    for (const ast::Value& value : values) {
        if (value.kind == ast::Kind::keyword) words.insert(value.text);
        collect(value.items, words);
    }
}

void collect(const std::vector<ast::Clause>& clauses, Words& words) {
    for (const ast::Clause& clause : clauses) {
        collect(clause.values, words);
        collect(clause.body, words);
    }
}

const std::string fixture = project_root() + "/tests/fixtures/everything.drp";

testing::Compiled everything_compiled() {
    std::istringstream nothing;
    diagnostics::Sink sink;
    auto files = load(fixture, nothing, sink);
    REQUIRE(files);
    testing::Compiled made;
    made.sources = std::move(files->sources);
    made.plan = resolve(files->parsed, made.sources, sink);
    check_what_ifs(files->parsed, made.sources, sink);
    made.found = sink.sorted();
    return made;
}

Words words_of_fixture() {
    const support::Source source("everything.drp", content_of("tests/fixtures/everything.drp"));
    diagnostics::Sink sink;
    Words words;
    collect(syntax::parse(source, {0}, sink).declarations, words);
    return words;
}

TEST_CASE("the fixture uses every word of the grammar", "[everything]") {
    const Words used = words_of_fixture();
    for (const std::string& word : words_of_grammar()) {
        INFO("tests/fixtures/everything.drp does not use the word `" << word << "`");
        CHECK(used.contains(word));
    }
}

TEST_CASE("sema reads everything that the grammar allows", "[everything]") {
    const auto everything = everything_compiled();
    CHECK(everything.places() == std::vector<std::string>{});
    const model::Plan& plan = everything.plan;
    CHECK(plan.tiers.size() == 1);
    CHECK(plan.sites.size() == 5);
    CHECK(plan.zones.size() == 3);
    CHECK(plan.roles.size() == 2);
    CHECK(plan.channels.size() == 6);
    CHECK(plan.tools.size() == 1);
    CHECK(plan.services.size() == 7);
    CHECK(plan.externals.size() == 2);
    CHECK(plan.data.size() == 3);
    CHECK(plan.stores.size() == 7);
    CHECK(plan.copies.size() == 6);
    CHECK(plan.detectors.size() == 2);
    CHECK(plan.procedures.size() == 2);
    CHECK(plan.steps.size() == 25);
    CHECK(plan.scenarios.size() == 17);
    CHECK(plan.expectations.size() == 10);
    CHECK(plan.what_ifs.size() == 1);
    CHECK(plan.messages.size() == 1);
    CHECK(plan.drills.size() == 2);
    CHECK(plan.duties.size() == 10);
    CHECK(plan.waivers.size() == 1);
    CHECK(plan.profiles.size() == 2);
    CHECK(plan.in_force.size() == 2);
    CHECK(plan.profiles[{0}].figures.size() == 23);
}

TEST_CASE("what the fixture says arrives in the model", "[everything]") {
    const auto everything = everything_compiled();
    const model::Plan& plan = everything.plan;
    CHECK(plan.timezone == "Europe/Berlin");
    CHECK(plan.approved_by == "Head of Operations");
    CHECK(plan.waivers.front().because == "The second site\nis being built.");
    CHECK(plan.roles[{1}].hours.size() == 2);
    CHECK(plan.roles[{1}].hours[0].weekdays == 0b0101110);  // Sunday is bit 0
    CHECK(plan.roles[{1}].hours[1].weekdays == 0b1010001);
    CHECK(plan.services[{0}].needs.size() == 2);
    CHECK(plan.services[{0}].needs[1].size() == 2);
    CHECK(plan.services[{0}].placements.size() == 3);
    CHECK(plan.services[{0}].placements[2].standby);
    CHECK(plan.services[{1}].engine == "postgres 15");
    CHECK(plan.copies[{3}].backup()->keep.size() == 6);
    CHECK(plan.copies[{3}].backup()->verifications.size() == 3);
    CHECK(plan.copies[{4}].backup()->snapshot);
    CHECK(plan.detectors[{0}].watches.size() == 8);
    CHECK(plan.detectors[{1}].watches.size() == 4);
    CHECK(plan.messages[{0}].occasions.size() == 6);
    CHECK(plan.drills[{0}].exercises.size() == 5);
    CHECK(plan.drills[{0}].expects.size() == 5);
}

TEST_CASE("steps wait as their place in the procedure says", "[everything]") {
    const auto everything = everything_compiled();
    const model::Plan& plan = everything.plan;
    const auto before = [&](const std::string& name) {
        std::set<std::string> names;
        for (const auto id : plan.steps.ids())
            if (model::qualified_name(plan, id) == name)
                for (const auto other : plan.steps[id].after) names.insert(plan.steps[other].heading.name);
        return names;
    };
    CHECK(before("promote-db.fence").empty());
    CHECK(before("promote-db.wait") == std::set<std::string>{"fence"});
    CHECK(before("promote-db.names") == std::set<std::string>{"promote", "restart", "wait"});
    CHECK(before("promote-db.back") == std::set<std::string>{"fence", "promote"});
    CHECK(before("promote-db.apply") == std::set<std::string>{"back"});
    CHECK(before("promote-db.tidy") == std::set<std::string>{"report"});
}

}  // namespace
}  // namespace muster::sema
