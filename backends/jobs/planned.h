// How long a run takes by the plan, and what follows from that for its job.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backends/jobs/drill_script.h"

namespace muster::backends::jobs {

/// Fills in the times of a backup's job. False where its schedule never starts twice.
[[nodiscard]] bool set_backup_times(const model::Plan& plan, const model::Copy& copy, Job& job, Gaps& gaps);

/// Fills in the times of a job that ships a log: a run takes its `upload`, and may go on until the next, since more may be waiting. False
/// where its schedule never starts twice.
[[nodiscard]] bool set_log_times(const model::Archive& archive, Job& job, Gaps& gaps);

/// Fills in the times of a job that takes `planned`, which is made of `as`. False where its schedule never starts twice.
[[nodiscard]] bool set_other_times(Job& job, std::optional<Time> planned, const std::string& as, Gaps& gaps);

/// What it takes to restore all of `copy` from its first store; nothing where that is not known.
[[nodiscard]] std::optional<Time> restore_planned(const model::Plan& plan, const model::Copy& copy, Id<model::Copy> id,
                                                  const Schedules& schedules);

/// What the restores of a drill take together; nothing where there are none, or one is not known.
[[nodiscard]] std::optional<Time> planned_of(const model::Plan& plan, const std::vector<Rehearsal>& rehearsals, const Schedules& schedules);

}  // namespace muster::backends::jobs
