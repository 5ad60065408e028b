// How a stored run of a backup reaches the machine that runs the runbook.
#pragma once

#include "backends/jobs/tools.h"
#include "backends/runbook/work.h"

namespace muster::backends::runbook {

/// Adds what fetches a run of `backup` from below `folder` on `shelf`, checks it against its checksum and undoes its encryption and
/// compression: as commands, which leave it in the file $file, and by hand, which leaves it in the file `backup`.
void add_fetch(const jobs::Shelf& shelf, const std::string& folder, const model::Backup& backup, Work& work);

}  // namespace muster::backends::runbook
