// How a copy is fetched and loaded, by the tool that made it.
#pragma once

#include "backends/runbook/work.h"

namespace muster::backends::runbook {

/// Whether `source`, which has a copy, is kept by the cluster itself: a backup of Velero or CloudNativePG, or a snapshot of a volume.
[[nodiscard]] bool is_kept_by_cluster(const StepIn& step, const analysis::Source& source);

/// Adds the commands that bring `source`, which has a copy and a store, back to where its data belongs. False where none are known: then
/// `work` is not to be used. PostgreSQL goes back to a moment, MongoDB, Redis, SQLite and files to a run of the copy.
[[nodiscard]] bool add_loading(const StepIn& step, const analysis::Source& source, Work& work);

}  // namespace muster::backends::runbook
