// The answer of `estimate`: per scenario when each service is back and what each dataset loses, in planning values.
#pragma once

#include <string>
#include <vector>

#include "compiler/analysis/recovery.h"

namespace muster::analysis {

/// What an objective and what is achieved come to.
enum class Verdict : std::uint8_t {
    met,
    missed,
    never,    ///< the service does not come back at all
    lost,     ///< no usable copy is reached
    unknown,  ///< the plan does not say enough
    unset,    ///< there is no objective
};

/// "met", "missed", "never", "lost", "unknown" or "unset".
[[nodiscard]] std::string_view verdict_name(Verdict verdict);

/// One part of the path that makes an RTA: what was waited for last.
struct PathPart {
    NodeId node = 0;
    std::string kind;  ///< detection, response, declaration, step, start, …
    std::string name;
    Time begin{0};
    Time end{0};
    std::string because;   ///< what its length is made of
    support::Span span;    ///< where the plan says so
    std::string heaviest;  ///< of a restore the ingredient that takes longest: "retrieval"; otherwise empty
    Time heaviest_length{0};
    std::vector<Id<model::Origin>> origins;  ///< where its length is from, where the plan does not say it itself
};

/// How far the data of one service lies apart once it is back.
struct Skew {
    std::optional<support::Said<Time>> limit;
    Time apart{0};  ///< the largest RPA less the smallest
    Id<model::Dataset> oldest;
    Id<model::Dataset> newest;
    Verdict verdict = Verdict::unset;
};

/// What becomes of one service.
struct ServiceOutcome {
    Id<model::Service> service;
    State state = State::unaffected;  ///< the worst: a service that a step stops counts as failed
    std::optional<support::Said<Time>> rto;
    std::optional<support::Said<Time>> mtd;
    std::optional<Skew> skew;           ///< nothing with less than two data, or where an RPA is not known or the data lost
    std::optional<Time> rta;            ///< from the start of the clock; `never` where it does not come back; nothing where unknown
    std::optional<Time> critical_path;  ///< the RTA if nobody had to wait for people or share bandwidth; no staffing beats it
    Verdict verdict = Verdict::unset;
    Verdict mtd_verdict = Verdict::unset;
    NodeId last = 0;                            ///< the node that its RTA ends with; 0 where it is not affected or never back
    std::string obstacle;                       ///< why it never comes back, or what is not known
    std::optional<NodeId> root;                 ///< the node that this is about
    std::optional<Id<model::Step>> stopped_by;  ///< a step of the recovery that stops it
};

/// What becomes of one dataset.
struct DataOutcome {
    Id<model::Dataset> data;
    std::optional<support::Said<Time>> rpo;
    std::optional<Time> rpa;  ///< nothing where it is lost or unknown
    Verdict verdict = Verdict::unset;
    std::optional<CopyOutcome> from;    ///< the copy that the scenario leaves it with
    std::optional<CopyOutcome> better;  ///< a usable copy that loses less than the one that is used
    std::optional<Id<model::Step>> by;  ///< the step that writes it last
};

/// When one step is done.
struct PlannedStep {
    Id<model::Step> step;
    Time ready{0};  ///< what it waits for has happened
    Time begin{0};
    Time end{0};  ///< it has ended or failed; `never` where it cannot be done
    bool failed = false;
};

/// One scenario in planning values, with people and bandwidth shared. Times count from the disruption, RTAs from the start of the clock.
struct Estimate {
    Recovery recovery;
    Outlook outlook;
    std::optional<Time> detection;         ///< nothing where unknown
    std::optional<Time> start;             ///< of the procedures: the declaration, or the detection where nobody declares
    Time clock{0};                         ///< when the RTO clock starts
    std::vector<ServiceOutcome> services;  ///< by service
    std::vector<DataOutcome> data;         ///< by data
    std::vector<PlannedStep> schedule;     ///< in order of begin, then of declaration
};

/// Estimates `scenario`. `schedules` are those of `plan`.
[[nodiscard]] Estimate estimate(const model::Plan& plan, Id<model::Scenario> scenario, const Schedules& schedules);

/// When the procedures start, as a clause: "start after 26m", "start after unknown", "never start".
[[nodiscard]] std::string started(const Estimate& estimate);

/// Every scenario of `plan`, in order of declaration.
[[nodiscard]] std::vector<Estimate> estimate_all(const model::Plan& plan, const Schedules& schedules);

}  // namespace muster::analysis
