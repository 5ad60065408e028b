// What a scenario does and how the plan answers: everything that `estimate` and the simulator start from.
#pragma once

#include <map>
#include <vector>

#include "compiler/analysis/copies.h"
#include "compiler/analysis/network.h"

namespace muster::analysis {

/// Which copy a step recovers a dataset from.
struct Source {
    Id<model::Dataset> data;
    Id<model::Step> step;
    std::optional<CopyOutcome> copy;      ///< nothing where none that the step may use is usable
    std::string why_none;                 ///< and then the reason, for a message
    std::optional<Id<model::Site>> sink;  ///< the site to which it is brought back, where the plan says one
};

/// Steps that cannot be done, and why. Each turns to what it names for that case.
using Replaced = std::map<Id<model::Step>, std::string>;

/// One scenario, analysed. The network holds the times, the rest what they are about.
struct Recovery {
    Id<model::Scenario> scenario;
    Impact impact;
    std::optional<Time> unseen;                                     ///< D: how long damage goes unseen
    std::vector<std::optional<Id<model::Procedure>>> procedure_of;  ///< by service: what recovers it here
    std::vector<std::vector<Id<model::Procedure>>> undecided;       ///< by service: several recover it and none is chosen
    std::vector<Id<model::Procedure>> procedures;                   ///< all that are followed, in order of declaration
    std::vector<Id<model::Procedure>> turned_to;  ///< not followed, unless a step or a procedure fails and turns to it; likewise
    /// What brings services back: a procedure that is followed, what is turned to where that fails, and so on. Each that is followed begins
    /// at least one line.
    std::vector<std::vector<Id<model::Procedure>>> lines;
    std::vector<std::size_t> line_of;              ///< by service: the line that recovers it, where there is one
    Replaced replaced;                             ///< here
    std::vector<std::vector<CopyOutcome>> copies;  ///< by data
    std::vector<Source> sources;                   ///< of every step that writes data, in order of steps
    Network network;
    std::vector<NodeId> steps;                               ///< by step: its node; 0 where its procedure is not followed
    std::vector<NodeId> starts;                              ///< by procedure: when it may begin; 0 likewise
    std::vector<NodeId> done;                                ///< by step: that it has ended, or what it turns to where it fails
    std::vector<std::optional<Id<model::Step>>> stopped_by;  ///< by service: the first step that stops it, of those that are followed
};

/// Analyses `scenario`. Where a procedure is impossible and the plan names another to turn to, that one is followed.
/// `schedules` are those of `plan`.
[[nodiscard]] Recovery recover(const model::Plan& plan, Id<model::Scenario> scenario, const Schedules& schedules);

}  // namespace muster::analysis
