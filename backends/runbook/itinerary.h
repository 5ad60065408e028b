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
    Work precheck, done_when, action, verify;
};

/// What a service needs to be back, and by when.
struct Goal {
    Id<model::Service> service;
    std::optional<Time> rto;
    std::optional<Time> rta;  ///< `never` where it does not come back; nothing where unknown
    std::optional<int> stop;  ///< the number of the stop that completes it
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
    std::vector<Goal> goals;  ///< of the services that its procedures recover, in order of declaration
    std::vector<Ask> asks;
};

/// The itinerary of what `estimate` planned. It refers to `plan` and `estimate`.
[[nodiscard]] Itinerary itinerary_of(const model::Plan& plan, const analysis::Estimate& estimate);

/// "disruption", "detection" or "declaration": from when the RTO counts.
[[nodiscard]] std::string_view clock_name(model::Clock clock);

}  // namespace muster::backends::runbook
