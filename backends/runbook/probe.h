// How a check of the plan is made.
#pragma once

#include "backends/runbook/work.h"

namespace muster::backends::runbook {

/// Appends to `work` what makes each of `probes`, one after the other; all have to hold.
/// `database`: whose database an SQL text means.
void add_probes(const StepIn& step, const std::vector<model::Probe>& probes, std::optional<Id<model::Service>> database, Work& work);

/// The command of a person who makes `probe` by hand, or the text to run where the plan knows no more.
[[nodiscard]] std::string probe_by_hand(const model::Probe& probe);

/// What `probe` looks for, in a few words: "SQL that has to hold".
[[nodiscard]] std::string_view probe_meaning(const model::Probe& probe);

}  // namespace muster::backends::runbook
