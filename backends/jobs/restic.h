// Backups that restic makes: in a repository of their own in each store.
#pragma once

#include <string>

#include "backends/jobs/jobs.h"
#include "backends/jobs/tools.h"

namespace muster::backends::jobs {

/// What `job`, a backup or verification with restic, runs after its head: for sh, since its image has no bash.
[[nodiscard]] std::string restic_script(const model::Plan& plan, const Job& job);

/// The repository of restic that `copy` is kept in on `shelf`, which is reachable.
[[nodiscard]] std::string repository_of(const model::Plan& plan, const model::Copy& copy, const Shelf& shelf);

/// The Secret that holds its RESTIC_PASSWORD.
[[nodiscard]] std::string secret_of_repository(const model::Plan& plan, const model::Copy& copy);

}  // namespace muster::backends::jobs
