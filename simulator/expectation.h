// Whether what a plan expects of itself holds in a simulation.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/findings_json.h"
#include "compiler/model/plan.h"
#include "compiler/support/source.h"
#include "simulator/campaign.h"
#include "simulator/proportion.h"
#include "simulator/result.h"

namespace muster::simulator {

/// What becomes of one expectation in one scenario.
struct Judgement {
    enum class Verdict : std::uint8_t {
        held,
        failed,
        untold,  ///< nobody can tell: what it is about is unknown, has no objective, is never done, or is not simulated
    };
    Id<model::Expectation> expectation;
    std::optional<Id<model::Scenario>> scenario;  ///< nothing of an availability
    Verdict verdict = Verdict::untold;
    std::optional<Time> achieved;     ///< of a statistic of times; `never` and `unknown` are possible
    std::optional<Interval> between;  ///< its 95 % interval, of a percentile
    std::optional<Proportion> share;  ///< of a chance, and of an order: in how many trials it is kept; of an availability that
    std::uint64_t missed = 0;         ///< of an order: the trials that do not keep it
    bool close = false;               ///< another seed might well say otherwise: the interval lies on both sides
    std::string why;                  ///< where nobody can tell
};

/// "held", "failed" or "untold".
[[nodiscard]] std::string_view verdict_name(Judgement::Verdict verdict);

/// The scenarios that the expectations of `plan` speak of.
[[nodiscard]] std::vector<Id<model::Scenario>> scenarios_expected(const model::Plan& plan);

/// Every expectation in every scenario that it is to hold in, in order of declaration, as the trials of `result` have it. Decided by whole
/// numbers of trials: `p95 rta <= 30m` holds where at least 95 % of them are back within 30m. A mean is never where one trial is. What
/// is unknown lets a plan pass in no direction.
/// An availability is the mean over the campaigns of `years`, which may be null where the plan has none that could come.
[[nodiscard]] std::vector<Judgement> judge(const model::Plan& plan, const Result& result, const Campaign* years = nullptr);

/// Whether any expectation of `plan` is about years.
[[nodiscard]] bool expects_availability(const model::Plan& plan);

/// What is judged, in words: the assertion, and of one that holds for several scenarios which of them.
[[nodiscard]] std::string text_of(const model::Plan& plan, const Judgement& judgement);
/// What was found, in words: `38m12s (38m..38m20s)`.
[[nodiscard]] std::string found(const model::Plan& plan, const Judgement& judgement);

/// All that the reports of a test run are made of.
struct TestReport {
    const model::Plan& plan;
    const support::Sources& sources;
    const Result& result;
    const std::vector<Judgement>& judgements;
};

/// For people: a line for each, with the place of what does not hold, and how many there are of each kind.
[[nodiscard]] std::string render_test_text(const TestReport& report);
/// For CI services: JUnit XML, in which each is a test case.
[[nodiscard]] std::string render_test_junit(const TestReport& report);
/// For other programs: the JSON document of `muster test`.
[[nodiscard]] std::string render_test_json(const TestReport& report, const diagnostics::Provenance& provenance);

}  // namespace muster::simulator
