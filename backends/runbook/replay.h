// PostgreSQL from a base backup, and back to a moment by the log on top of it.
#pragma once

#include "backends/runbook/work.h"

namespace muster::backends::runbook {

/// Whether `copy` comes back by a base backup: it is one, or a log that is replayed on one.
[[nodiscard]] bool is_replayed(const model::Plan& plan, const model::Copy& copy);

/// Adds the commands that replay `source`, which is_replayed, where the data directory is on the machine that runs the runbook: its
/// path is in $MUSTER_PGDATA_<SERVICE>. False where it is in pods, or a store cannot be reached: then `work` is not to be used.
[[nodiscard]] bool add_replay(const StepIn& step, const analysis::Source& source, Work& work);

/// Why no command does that, and how a person does it, one thing to do a line. Empty where `source` is not PostgreSQL that is_replayed.
[[nodiscard]] std::string replay_by_hand(const StepIn& step, const analysis::Source& source);

}  // namespace muster::backends::runbook
