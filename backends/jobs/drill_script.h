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
    auto operator<=>(const Rehearsal&) const = default;
};

/// One step of a drill: restores that it carries out, or something for a person.
struct DrillStep {
    std::string name;  ///< `procedure.step`, or `copy of data` where a backup is exercised
    std::string title;
    std::string who;                      ///< the roles; empty: automatic
    std::string text;                     ///< what a person does, of one or more lines; empty where nobody has to
    std::string command;                  ///< of a script that is the drill's own: what it runs itself where it is told to; empty: nothing
    std::string cluster;                  ///< the kubectl context of that command; empty: the current one
    std::string runbook;                  ///< the scenario whose runbook says more; empty: none does
    std::size_t number = 0;               ///< of the step in that runbook
    std::optional<Time> planned;          ///< how long it takes
    std::optional<Time> begin, end;       ///< planned, on the RTO clock of the scenario
    std::vector<std::size_t> after;       ///< the steps, by place, that it waits for
    std::vector<std::size_t> rehearsals;  ///< by place; none: it is for a person
};

/// An objective that the drill can judge: of a service, by the steps that it is back with.
struct DrillService {
    std::string name;
    std::string in;  ///< the scenario or what else is exercised
    std::optional<Time> rto, planned;
    std::vector<std::pair<std::size_t, Time>> closing;  ///< a step, by place, and what comes after it
};

/// An objective that the drill can judge: of data, by the age of what was restored.
struct DrillData {
    std::string name;
    std::string in;
    std::optional<Time> rpo, planned;
    std::optional<std::size_t> rehearsal;  ///< by place; nothing: no restore here tells
};

/// What a drill does by itself, and what is left to people.
struct DrillPlan {
    std::vector<Rehearsal> rehearsals;  ///< each once, in the order of the steps
    std::vector<DrillStep> steps;
    std::vector<DrillService> services;
    std::vector<DrillData> data;
};

/// What `drill` exercises. A restore is carried out where its copy is one that a generated backup wrote with pg_dump, pg_basebackup or tar
/// to a store that commands here reach. For a scenario the copies are those that the recovery model restores from in it; for a
/// procedure those that its steps name, in the first store that can be reached; for a backup that backup. A procedure that brings nothing
/// back and to which only drills turn is a script of the drill: the commands of its automatic steps are for it to run.
[[nodiscard]] DrillPlan drill_plan(const model::Plan& plan, const model::Drill& drill, const Schedules& schedules);

/// The script of `drill`: bash, for a terminal or for a job. It restores into the drill's namespace, or into a database of its own where
/// $MUSTER_SCRATCH is the connection of a server for that; goes through the rest with the person at the terminal, if there is one; takes
/// away what it made however it ends; and reports measured against planned, for people and for programs, with evidence.
[[nodiscard]] std::string drill_script(const model::Plan& plan, const support::Sources& sources, const model::Drill& drill, Instant as_of);

}  // namespace muster::backends::jobs
