// What the business uses, and what it depends on.
#pragma once

#include "compiler/model/duration.h"
#include "compiler/model/heading.h"
#include "compiler/model/objective.h"

namespace muster::model {

/// How to see whether something works: `http "…"`, `tcp "…"`, `sql "…"`, `promql "…"`, `run "…"`.
struct Probe {
    enum class How : std::uint8_t { http, tcp, sql, promql, run };
    How how = How::http;
    std::string text;
    Span span;
    std::optional<Said<Duration>> takes;  ///< of what a step verifies: how long that takes
    Span text_span;                       ///< of `text` as it was written, quotes and all
};

/// A group of services with the same objectives.
struct Tier {
    Heading heading;
    Objectives objectives;
    std::optional<CopyPolicy> policy;  ///< for the data of the tier
};

/// What an outage costs, as written: `12000 EUR per hour`.
struct Cost {
    std::int64_t amount = 0;
    std::string currency;
    Time per{0};
    Span span;
};

/// `workload deployment/shop in storefront`.
struct Workload {
    std::string kind;  ///< deployment, statefulset, daemonset, cronjob, helm, managed
    std::string name;
    std::string in_namespace;  ///< empty where the plan does not say
    Span span;
};

/// A place where a service runs, or could be made to.
struct Placement {
    Place place;
    bool standby = false;  ///< counts only once a step has activated it
    Span span;
};

/// One of `needs`: any of these will do.
using Alternatives = std::vector<SaidThing>;

struct Service {
    Heading heading;
    std::optional<SaidId<Tier>> tier;
    Objectives objectives;
    std::optional<Workload> workload;
    std::optional<std::int64_t> replicas;
    std::string image;
    std::string engine;  ///< `postgres 15`
    std::vector<Placement> placements;
    bool pinned = false;  ///< to its zones: losing one of them is losing the service
    std::vector<Alternatives> needs;
    std::vector<SaidThing> wants;
    std::vector<SaidId<Dataset>> uses;
    std::optional<Said<Duration>> starts_in;
    std::optional<Said<Duration>> resumes_in;
    std::optional<Said<Duration>> heals_in;
    std::vector<Probe> checks;
    std::optional<Cost> costs;
};

}  // namespace muster::model
