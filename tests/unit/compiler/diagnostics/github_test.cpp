#include "compiler/diagnostics/github.h"
#include "compiler/diagnostics/messages.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace muster::diagnostics {
namespace {

support::Sources one_file(std::string path = "a.drp") {
    support::Sources all;
    all.add(support::Source(std::move(path), "rto 5\n"));
    return all;
}

Diagnostic finding(std::string name = "5") { return make(messages::missing_unit, {{}, {1, 5}, {1, 6}}, Name{std::move(name)}); }

TEST_CASE("an annotation has its place and its title", "[github]") {
    CHECK(render_github({finding()}, one_file()) ==
          "::error file=a.drp,line=1,endLine=1,col=5,endColumn=6,title=M1010 missing-unit::`5` has no unit\n");
    CHECK(render_github({}, one_file()).empty());
}

TEST_CASE("warnings and notes have names of their own", "[github]") {
    Diagnostic d = finding();
    d.entry.severity = Severity::warning;
    CHECK(render_github({d}, one_file()).starts_with("::warning "));
    d.entry.severity = Severity::note;
    CHECK(render_github({d}, one_file()).starts_with("::notice "));
}

TEST_CASE("columns are given for places on one line alone", "[github]") {
    Diagnostic d = finding();
    d.primary.span.end.line = 3;
    CHECK(render_github({d}, one_file()).starts_with("::error file=a.drp,line=1,endLine=3,title="));
    d.primary.span = {};
    CHECK(render_github({d}, one_file()).starts_with("::error file=a.drp,title="));
}

TEST_CASE("text of a plan ends no command and begins none", "[github]") {
    Diagnostic d = finding("100%\n::error::x,y:z\r");
    d.help = "write\n::stop";
    const std::string text = render_github({d}, one_file("a,b:c%\n.drp"));
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(text.find('\r') == std::string::npos);
    CHECK(text.starts_with("::error file=a%2Cb%3Ac%25\xEF\xBF\xBD.drp,line="));
    CHECK(text.find("100%25\xEF\xBF\xBD::error::x,y:z") != std::string::npos);
    CHECK(text.find("has no unit%0Ahelp: write\xEF\xBF\xBD::stop\n") != std::string::npos);
}

}  // namespace
}  // namespace muster::diagnostics
