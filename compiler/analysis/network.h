// The recovery of one scenario as a network of things that wait for each other.
//
// Every quantity of the recovery model is a node: the detection, a role at work, a step, a service that is ready. A node begins
// when all that it waits for has happened (or, if it says so, the first of it), takes its delay, and has then happened. `estimate`
// evaluates the network with planning values, the simulator with samples: there is one network and one evaluation.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/analysis/transfer.h"
#include "compiler/model/plan.h"

namespace muster::analysis {

/// The index of a node in its network.
using NodeId = std::uint32_t;

/// Happens at once.
struct NoDelay {};
/// Takes as long as a duration of the plan says.
struct DurationDelay {
    model::Duration length;
};
/// Until a detector has found it: interval × threshold + `for` + notification at worst.
struct DetectorDelay {
    Id<model::Detector> detector;
};
/// Until a paged role is at work.
struct ResponseDelay {
    Id<model::Role> role;
};
/// A restore: retrieval, transfer, log, replay.
struct TransferDelay {
    Transfer transfer;
};
/// Nobody knows how long.
struct UnknownDelay {
    std::string missing;  ///< what the plan does not say
};
/// It will not happen.
struct ImpossibleDelay {
    std::string why;
};
using Delay = std::variant<NoDelay, DurationDelay, DetectorDelay, ResponseDelay, TransferDelay, UnknownDelay, ImpossibleDelay>;

/// What a node holds while it lasts.
struct Demand {
    std::uint32_t pool = 0;
    std::int64_t units = 1;
};

struct Node {
    enum class Kind : std::uint8_t {
        disruption,   ///< t = 0
        detector,     ///< one detector has found it
        detection,    ///< somebody knows
        response,     ///< a role is at work
        declaration,  ///< the disaster is declared
        returning,    ///< what failed has come back by itself
        start,        ///< a procedure may begin
        step,         ///< a step has ended
        completion,   ///< the steps that bring a service back have ended
        ready,        ///< a service is available
        reached,      ///< it is available through the names that were switched
        restored,     ///< data is right again
        either,       ///< a choice: the first of several
    };
    Kind kind = Kind::disruption;
    std::string key;   ///< kind and qualified name, `step restore-db.start`: what draws are keyed by
    bool any = false;  ///< waits for the first of its inputs instead of the last
    Delay delay;
    std::vector<NodeId> inputs;
    std::uint32_t subject = 0;    ///< the id of the detector, role, step, service or data that it is about
    std::vector<Demand> demands;  ///< no pool twice; only `schedule` looks at these
    std::uint32_t rank = 0;       ///< of those that want the same, the smaller is served first
};

/// Node 0 is the disruption.
struct Network {
    std::vector<Node> nodes;
    NodeId detection = 0;
    NodeId declaration = 0;
    std::vector<NodeId> ready;    ///< by service: at last; 0 for one that is available all along
    std::vector<NodeId> reached;  ///< by service; likewise
    std::vector<std::int64_t>
        pools;  ///< how many units there are of each: by role its headcount, then by site and by tool what is `parallel` there
    std::vector<std::vector<NodeId>> users;  ///< by pool: the nodes that want something of it
    std::vector<support::Rate> channels;     ///< what transfers pass: as of `channels_of`
};

/// When each node began and happened, by node. `never` for what does not happen.
struct Times {
    std::vector<Time> begin;
    std::vector<Time> end;
    std::vector<std::uint32_t> order;  ///< in which they happened: a node comes after every input that it waited for
};

/// How long a node takes, once it has begun at a given time; `never` for what does not happen or is not known.
using DelayOf = std::function<Time(NodeId node, Time begin)>;

/// When everything happens. Nodes that wait for each other in a circle never do.
/// Takes O((nodes + inputs) × log nodes).
[[nodiscard]] Times evaluate(const Network& network, const DelayOf& delay_of);

/// The delay in planning values: worst phase, worst hour, worst of a range.
[[nodiscard]] Time planning_delay(const model::Plan& plan, const Delay& delay);

/// The delay in planning values, with nothing for what nobody knows: what is never even so is impossible, not unknown.
[[nodiscard]] Time planning_delay_at_best(const model::Plan& plan, const Delay& delay);

/// When everything happens at best: in planning values, with nothing for what nobody knows, people and ways for everybody at once.
[[nodiscard]] Times best_times(const model::Plan& plan, const Network& network);

/// Interval × threshold + hold + notification: the longest that `detector` needs. Nothing where it has no interval.
[[nodiscard]] std::optional<Time> worst_detection(const model::Detector& detector);

/// The input that `node` waited for: the one that decided when it began. Nothing for a node without inputs.
[[nodiscard]] std::optional<NodeId> deciding_input(const Network& network, const Times& times, NodeId node);

/// The times of a network in planning values, twice. What happens in neither never does; what happens only at best is unknown.
struct Outlook {
    Times times;     ///< what is not known never happens
    Times at_best;   ///< what is not known takes no time
    Times critical;  ///< as `times`, as if nobody had to wait for people and no transfer shared its way: no staffing beats it

    [[nodiscard]] bool impossible(NodeId node) const { return at_best.end[node] == support::never; }
    [[nodiscard]] bool unknown(NodeId node) const { return !impossible(node) && times.end[node] == support::never; }
};

/// Both evaluations of `network` in planning values.
[[nodiscard]] Outlook look_ahead(const model::Plan& plan, const Network& network);

/// Why `node`, which never happens in `outlook.times`, does not: the node at the root of it. Of one that is impossible that is an
/// impossible one or part of a circle, of one that is unknown an unknown one.
[[nodiscard]] NodeId root_of_never(const Network& network, const Outlook& outlook, NodeId node);

}  // namespace muster::analysis
