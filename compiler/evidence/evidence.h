// What a run of a runbook or of a drill says of itself, and whether it can be believed.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "compiler/support/result.h"
#include "compiler/support/time.h"

namespace muster::evidence {

using support::Time;
/// A moment in UTC, in whole milliseconds.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// One line of evidence. What its event does not have is empty.
struct Event {
    std::size_t line = 0;  ///< from 1
    Instant at;            ///< when it was written
    std::string kind;      ///< started, resumed, action, verify, manual, approved, done, skipped, failed, finished, …
    std::string step;      ///< `procedure.step`
    std::string operator_name;
    std::string host;
    std::int64_t attempt = 0;
    std::optional<Instant> start, end;  ///< of a part of a step
    std::optional<std::int64_t> exit;   ///< 0: it went well
    std::optional<Time> planned;        ///< what the plan gave the step, where the line says so
    std::string because;                ///< why, of what was skipped, failed, accepted or decided
    std::string answer;                 ///< of a person
    std::string data;                   ///< what was recovered
    std::string to;                     ///< and to which moment
};

/// The evidence of one run.
struct Run {
    std::string scenario;          ///< the file name of the runbook; of a drill `drill-<name>`
    std::string plan_hash;         ///< of the plan that the runbook was made from
    std::string head;              ///< SHA-256 of the last line, which stands for all of them
    std::optional<Instant> clock;  ///< when the RTO clock started, where the run says so
    std::vector<Event> events;     ///< never empty

    /// Whether it has come to its end. Messages may still be sent after that.
    [[nodiscard]] bool finished() const;
};

/// Reads JSON Lines of which each carries the SHA-256 of the line before, as `previous`; the first 64 zeros. Fails with a sentence that
/// names the line where a line is no such object or is torn, does not follow from the one before, or is of another run; and where the
/// text is empty or does not begin with `started`. Lines that are missing at the end cannot be told from a run that goes on.
[[nodiscard]] support::Result<Run> read_evidence(std::string_view text);

}  // namespace muster::evidence
