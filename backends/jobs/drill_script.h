// The script of a drill.
#pragma once

#include <string>
#include <vector>

#include "backends/jobs/jobs.h"
#include "compiler/support/source.h"

namespace muster::backends::jobs {

/// One restore that a drill carries out by itself.
struct Rehearsal {
    Id<model::Dataset> data;
    Id<model::Copy> copy;
    Id<model::Store> store;
};

/// What a drill does by itself, and what is left to people.
struct DrillPlan {
    std::vector<Rehearsal> rehearsals;  ///< each once, in the order of the steps
    std::vector<std::string> by_hand;   ///< one instruction each, of one or more lines
};

/// What `drill` exercises. A restore is carried out where its copy is one that a generated backup wrote with pg_dump or tar
/// to a store that commands here reach. For a scenario the copies are those that the recovery model restores from in it; for a
/// procedure those that its steps name, in the first store that can be reached; for a backup that backup.
[[nodiscard]] DrillPlan drill_plan(const model::Plan& plan, const model::Drill& drill, const Schedules& schedules);

/// The script of `drill`: bash, for a terminal or for a job. It restores into the drill's namespace, takes away what it made
/// however it ends, measures every restore against what is planned and the objectives, and prints what is to be done by hand.
[[nodiscard]] std::string drill_script(const model::Plan& plan, const support::Sources& sources, const model::Drill& drill, Instant as_of);

}  // namespace muster::backends::jobs
