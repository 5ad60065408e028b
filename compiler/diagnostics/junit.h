// Findings as a test report, which every CI service shows.
#pragma once

#include <optional>
#include <string>

#include "compiler/diagnostics/findings.h"

namespace muster::diagnostics {

/// What a test report is about.
struct TestRun {
    std::string plan;  ///< its name
    Findings findings;
    std::optional<Severity> failing_from;  ///< the least severity that is a failure; nothing: none is
    bool complete = true;                  ///< every rule has run: what was not found is not there
};

/// JUnit XML, UTF-8. Each finding is a test case that failed, or passed where it is below `failing_from`; one that is suppressed
/// was skipped. Each code without a finding is one that passed, or was skipped where the run is not `complete`.
[[nodiscard]] std::string render_junit(const TestRun& run, const support::Sources& sources);

}  // namespace muster::diagnostics
