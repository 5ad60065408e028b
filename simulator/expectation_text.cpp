#include <fmt/format.h>

#include <algorithm>

#include "compiler/support/utf8.h"
#include "simulator/expectation.h"

namespace muster::simulator {
namespace {

using Verdict = Judgement::Verdict;

std::string_view word(Verdict verdict) {
    switch (verdict) {
        case Verdict::held: return "held    ";
        case Verdict::failed: return "FAILED  ";
        case Verdict::untold: return "UNTOLD  ";
    }
    __builtin_unreachable();
}

std::string place(const TestReport& report, const Judgement& judgement) {
    const support::Span& span = report.plan.expectations[judgement.expectation].heading.span;
    return fmt::format("{}:{}:{}", support::printable(report.sources[span.file].path()), span.begin.line, span.begin.column);
}

std::string line(const TestReport& report, const Judgement& judgement) {
    std::string text = fmt::format("{}{}: {}\n", word(judgement.verdict), support::printable(text_of(report.plan, judgement)),
                                   found(report.plan, judgement));
    return judgement.verdict == Verdict::held ? text : text + "        " + place(report, judgement) + "\n";
}

std::string summary(const std::vector<Judgement>& all) {
    const auto count = [&](Verdict verdict) {
        return std::count_if(all.begin(), all.end(), [&](const Judgement& one) { return one.verdict == verdict; });
    };
    return fmt::format("{} held, {} failed, {} untold\n", count(Verdict::held), count(Verdict::failed), count(Verdict::untold));
}

}  // namespace

std::string render_test_text(const TestReport& report) {
    if (report.judgements.empty()) return "the plan has no `expect`: nothing was tested\n";
    std::string text = fmt::format("{} {} of each scenario, seed {}\n\n", report.result.trials,
                                   report.result.trials == 1 ? "trial" : "trials", report.result.seed);
    for (const Judgement& one : report.judgements) text += line(report, one);
    return text + "\n" + summary(report.judgements);
}

}  // namespace muster::simulator
