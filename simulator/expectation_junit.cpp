#include <fmt/format.h>

#include <map>

#include "compiler/diagnostics/xml.h"
#include "simulator/expectation.h"

namespace muster::simulator {
namespace {

using diagnostics::xml_attribute;
using Verdict = Judgement::Verdict;

// What nobody can tell is no pass: a plan that says too little is not to be taken for a good one.
std::string test_case(const TestReport& report, const Judgement& judgement, const std::string& name) {
    const support::Span& span = report.plan.expectations[judgement.expectation].heading.span;
    const std::string scenario = judgement.scenario ? report.plan.scenarios[*judgement.scenario].heading.name : "campaign";
    const std::string said = xml_attribute(found(report.plan, judgement));
    std::string text = fmt::format(R"(    <testcase classname="{}" name="{}" time="0" file="{}" line="{}">)", xml_attribute(scenario),
                                   xml_attribute(name), xml_attribute(report.sources[span.file].path()), span.begin.line);
    if (judgement.verdict != Verdict::held)
        text += fmt::format("\n      <failure type=\"{}\" message=\"{}\"/>", verdict_name(judgement.verdict), said);
    else text += fmt::format("\n      <system-out>{}</system-out>", said);
    return text + "\n    </testcase>\n";
}

}  // namespace

std::string render_test_junit(const TestReport& report) {
    std::map<std::string, int> seen;
    std::size_t failures = 0;
    std::string cases;
    for (const Judgement& one : report.judgements) {
        const std::string text = text_of(report.plan, one);
        // Services tell test cases apart by their names.
        const int times = ++seen[text];
        cases += test_case(report, one, times == 1 ? text : fmt::format("{} ({})", text, times));
        failures += one.verdict == Verdict::held ? 0 : 1;
    }
    const std::string counts =
        fmt::format(R"(tests="{}" failures="{}" errors="0" skipped="0" time="0")", report.judgements.size(), failures);
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"muster test\" {}>\n"
        "  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n</testsuites>\n",
        counts, xml_attribute(report.plan.heading.name), counts, cases);
}

}  // namespace muster::simulator
