// What a step is to the one who carries it out: commands to run, and things to do by hand.
#pragma once

#include <set>
#include <string>

#include "backends/runbook/place.h"

namespace muster::backends::runbook {

/// What an action or a check of a step comes to. Bodies are lines of bash, indented by two spaces, each with its line end.
struct Work {
    std::string body;                 ///< of the function that does it; empty where there is nothing to run
    std::string ready;                ///< of the function that `body` polls, where it waits for something
    std::string by_hand;              ///< commands for a person at a terminal, where `body` would not do there
    std::string manual;               ///< what a person has to do; empty: nothing
    std::string approve_by;           ///< the role that has to approve
    std::string message;              ///< to be shown, and sent
    std::string confirm;              ///< what a person has to look at, since no command can
    std::string note;                 ///< what to know beforehand
    std::set<std::string> tools;      ///< commands that have to be installed
    std::set<std::string> variables;  ///< environment variables that have to be set
    std::set<std::string> paths;      ///< files that have to be there; relative ones from where the runbook is started
    std::set<std::string> contexts;   ///< of kubectl
    std::string precheck;             ///< lines of bash, as `body`: to be run before it where the plan has no precheck of its own
    std::string verify;               ///< likewise after it, where the plan verifies nothing itself
    std::string undo;                 ///< likewise: what takes it back, where the plan does not say how
    std::string check_by_hand;        ///< commands for a person in place of `verify`, and what has to come out
    std::set<std::string> uses;       ///< parts of the runner that it needs: "restore", "dns", …

    /// Appends a line of bash to `body`.
    void run(const std::string& command) { body += "  " + command + "\n"; }
    /// Appends a sentence to `manual`, on a line of its own.
    void ask_for(const std::string& what) { manual += (manual.empty() ? "" : "\n") + what; }
};

/// kubectl with its context and namespace, and the note that no context is known where none is.
[[nodiscard]] std::string kubectl(const Where& where, Work& work);

/// Adds to `work` a shell text of the plan. kubectl in it acts on the step's cluster.
void run_own(const StepIn& step, const std::string& text, Work& work);

/// Why no client of PostgreSQL can run in the pods of `service` at this step, as a sentence; empty where it can, or runs elsewhere.
[[nodiscard]] std::string why_no_client(const StepIn& step, std::optional<Id<model::Service>> service);

/// The words of bash that run a client of PostgreSQL where `service` is: in its pods, else by the connection string in
/// $MUSTER_DATABASE_<SERVICE>.
[[nodiscard]] std::string postgres_client(const StepIn& step, std::optional<Id<model::Service>> service, Work& work);

}  // namespace muster::backends::runbook
