// The steps of a scenario as its runbook goes through them.
#pragma once

#include <string>
#include <vector>

#include "backends/runbook/work.h"
#include "compiler/analysis/estimate.h"

namespace muster::backends::runbook {

using support::Time;

/// One step with everything that the script and its Markdown twin say of it.
struct Stop {
    StepIn in;
    int number = 1;                  ///< from 1, by planned begin
    std::string name;                ///< `procedure.step`
    std::vector<int> after;          ///< the numbers of the stops that have to be passed first
    std::string who;                 ///< the roles; empty: automatic
    std::optional<Time> takes;       ///< planning value; nothing where unknown
    std::optional<Time> begin, end;  ///< planned, on the RTO clock; nothing where it never happens or is not known
    std::string skip_question;       ///< empty: never skipped
    bool skip_expected = false;      ///< whether the scenario makes it skipped
    Where where;
    Work precheck, done_when, action, verify, undo;
    std::string destroys;            ///< "overwrites orders …": what wants its name typed; empty: nothing that wants that
    std::string impossible;          ///< why it cannot be done in this scenario; empty where it can
    std::string instead;             ///< the procedure it is of, where that is only turned to; empty where it is followed
    std::string otherwise;           ///< the procedure that stands in for it where it fails
    std::string falls_back;          ///< the procedure that stands in for the whole of its own where it fails
    std::vector<std::string> holds;  ///< what it takes up while it lasts: `role:dba`, `site:dr`
};

/// What a service needs to be back, and by when.
struct Goal {
    Id<model::Service> service;
    std::optional<Time> rto;
    std::optional<Time> rta;  ///< `never` where it does not come back; nothing where unknown
    std::optional<int> stop;  ///< the number of the stop that completes it
    std::vector<int> others;  ///< likewise of the procedures that are turned to
};

/// A question that the operator answers once, and the environment variable that carries the answer.
struct Ask {
    std::string variable;
    std::string text;
};

/// One scenario from its first step to its last.
struct Itinerary {
    const model::Plan& plan;
    const analysis::Estimate& estimate;
    const model::Scenario& scenario;
    std::vector<Stop> stops;
    std::vector<Stop> alternatives;  ///< of procedures that are only turned to, where the estimate does not; numbered on from `stops`
    std::vector<Goal> goals;         ///< of the services that its procedures recover, in order of declaration
    std::vector<Ask> asks;
    std::string after;  ///< of a failback the file name of the scenario whose recovery it undoes; else empty

    /// "recovery from shop-down", "failback after shop-down".
    [[nodiscard]] std::string undertaking() const;
    /// From when times count: "disruption", "detection", "declaration", "start of the failback".
    [[nodiscard]] std::string_view clock_from() const;
};

/// The itinerary of what `estimate` planned. It refers to `plan` and `estimate`.
[[nodiscard]] Itinerary itinerary_of(const model::Plan& plan, const analysis::Estimate& estimate);

/// The stop of that number, from 1: one of `stops`, else of `alternatives`.
[[nodiscard]] const Stop& stop_at(const Itinerary& itinerary, int number);

}  // namespace muster::backends::runbook
