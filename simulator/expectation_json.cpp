#include <nlohmann/json.hpp>

#include "simulator/expectation.h"

namespace muster::simulator {
namespace {

using nlohmann::ordered_json;
using Verdict = Judgement::Verdict;

void add_time(ordered_json& out, const char* key, Time time) {
    if (time != unknown) out[key] = time == support::never ? ordered_json() : ordered_json(time.count());
}

ordered_json place(const TestReport& report, const Judgement& judgement) {
    const support::Span& span = report.plan.expectations[judgement.expectation].heading.span;
    return {{"file", report.sources[span.file].path()}, {"line", span.begin.line}, {"column", span.begin.column}};
}

ordered_json expectation(const TestReport& report, const Judgement& judgement) {
    ordered_json out{{"text", report.plan.expectations[judgement.expectation].heading.name}};
    if (judgement.scenario) out["scenario"] = report.plan.scenarios[*judgement.scenario].heading.name;
    out["verdict"] = verdict_name(judgement.verdict);
    if (judgement.achieved) add_time(out, "achieved_ms", *judgement.achieved);
    if (judgement.between) {
        add_time(out, "low_ms", judgement.between->low);
        add_time(out, "high_ms", judgement.between->high);
    }
    if (judgement.share)
        out["share"] = {{"probability", judgement.share->probability}, {"low", judgement.share->low}, {"high", judgement.share->high}};
    if (judgement.close) out["close"] = true;
    if (!judgement.why.empty()) out["why"] = judgement.why;
    out.update(place(report, judgement));
    return out;
}

}  // namespace

std::string render_test_json(const TestReport& report, const diagnostics::Provenance& provenance) {
    ordered_json summary{{"held", 0}, {"failed", 0}, {"untold", 0}};
    ordered_json expectations = ordered_json::array();
    for (const Judgement& one : report.judgements) {
        ordered_json& count = summary[std::string(verdict_name(one.verdict))];
        count = count.get<int>() + 1;
        expectations.push_back(expectation(report, one));
    }
    const ordered_json out{{"format", 1},
                           {"tool", {{"name", "muster"}, {"version", provenance.tool_version}}},
                           {"plan", {{"name", provenance.plan_name}, {"title", provenance.plan_title}, {"hash", provenance.plan_hash}}},
                           {"seed", report.result.seed},
                           {"trials", report.result.trials},
                           {"summary", summary},
                           {"expectations", expectations}};
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace muster::simulator
