// The recovery of one scenario as a network of things that wait for each other.
//
// Every quantity of the recovery model is a node: the detection, a role at work, a step, a service that is ready. A node begins
// when all that it waits for has happened (or, if it says so, the first of it), takes its delay, and has then happened. `estimate`
// evaluates the network with planning values, the simulator with samples: there is one network and one evaluation.
#pragma once

#include <functional>
#include <memory>
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
/// A restore: retrieval, transfer, log, replay, verification.
class TransferDelay {
public:
    explicit TransferDelay(Transfer transfer) : transfer_(std::make_shared<const Transfer>(std::move(transfer))) {}
    [[nodiscard]] const Transfer& transfer() const { return *transfer_; }

private:
    std::shared_ptr<const Transfer> transfer_;  // most nodes are no restores, and should not be as large as one
};
/// Nobody knows how long.
struct UnknownDelay {
    std::string missing;  ///< what the plan does not say
};
/// It will not happen.
struct ImpossibleDelay {
    std::string why;
};
/// It cannot be done, and fails as soon as it is its turn.
struct FailingDelay {
    std::string why;
};
using Delay =
    std::variant<NoDelay, DurationDelay, DetectorDelay, ResponseDelay, TransferDelay, UnknownDelay, ImpossibleDelay, FailingDelay>;

/// How a step is tried. Its delay is that of one attempt; the attempts follow each other until one succeeds, or all have failed.
struct Attempts {
    model::Percent fails;         ///< the share of attempts that fail
    std::int64_t retries = 0;     ///< attempts after the first
    model::Duration pause;        ///< before each of these
    std::optional<Time> timeout;  ///< an attempt that would take longer is stopped then, and has failed
};

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
        escalation,   ///< nobody in a role has answered for so long that the next is paged
        declaration,  ///< the disaster is declared
        returning,    ///< what failed has come back by itself
        start,        ///< a procedure may begin
        step,         ///< a step has ended
        completion,   ///< the steps that bring a service back have ended
        ready,        ///< a service is available
        reached,      ///< it is available through the names that were switched
        restored,     ///< data is right again
        either,       ///< a choice: the first of several
        failure,      ///< a step, its only input, has failed for good
        done,         ///< a step has ended, or what it turns to where it fails
        completed,    ///< all steps of a procedure that count in the RTA are done
    };
    Kind kind = Kind::disruption;
    std::string key;   ///< kind and qualified name, `step restore-db.start`: what draws are keyed by
    bool any = false;  ///< waits for the first of its inputs instead of the last
    Delay delay;
    std::vector<NodeId> inputs;
    std::uint32_t subject = 0;              ///< the id of the detector, role, step, service or data that it is about
    std::vector<Demand> demands;            ///< no pool twice; only `schedule` looks at these
    std::uint32_t rank = 0;                 ///< of those that want the same, the smaller is served first
    std::optional<Attempts> attempts = {};  ///< of a step that can fail
    NodeId failure = 0;                     ///< what begins when this fails for good, and only then; 0: it does not fail
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

/// When each node began and happened, by node. `never` for what does not happen. What fails begins, and never ends; its `failure` tells
/// when it failed.
struct Times {
    std::vector<Time> begin;
    std::vector<Time> end;
    std::vector<std::uint32_t> order;  ///< in which they happened: a node comes after every input that it waited for
};

/// What becomes of a node that has begun.
struct Taking {
    Time length{0};      ///< until it has happened or failed; `never` for what does not happen or is not known
    bool fails = false;  ///< for good
    Time verifying{0};   ///< of a restore the last part of that length: what was loaded is checked

    Taking() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): what only takes a time takes that time
    Taking(Time the_length, bool it_fails = false, Time checking = Time::zero())
        : length(the_length), fails(it_fails), verifying(checking) {}
};

/// How long a node takes, once it has begun at a given time, and whether it then fails.
using DelayOf = std::function<Taking(NodeId node, Time begin)>;

/// When everything happens. Nodes that wait for each other in a circle never do.
/// Takes O((nodes + inputs) × log nodes).
[[nodiscard]] Times evaluate(const Network& network, const DelayOf& delay_of);

/// The delay in planning values: worst phase, worst hour, worst of a range.
[[nodiscard]] Time planning_delay(const model::Plan& plan, const Delay& delay);

/// What becomes of `node` in planning values, if one attempt of it takes `once`. No attempt fails by chance: the first succeeds or,
/// where the plan says `count retries` and the step can fail, the last: (retries + 1) × `once` + retries × pause. One that would take
/// longer than its timeout fails each time: (retries + 1) × timeout + retries × pause.
[[nodiscard]] Taking planning_taking(const model::Plan& plan, const Node& node, Time once);

/// What becomes of `node` in planning values.
[[nodiscard]] Taking planning_taking(const model::Plan& plan, const Node& node);

/// The same with nothing for what nobody knows: what is never even so is impossible, not unknown.
[[nodiscard]] Taking planning_taking_at_best(const model::Plan& plan, const Node& node);

/// When everything happens at best: in planning values, with nothing for what nobody knows, people and ways for everybody at once.
[[nodiscard]] Times best_times(const model::Plan& plan, const Network& network);

/// The same, with nothing stopped by its timeout: what never happens even so does not because of what it waits for or lacks.
[[nodiscard]] Times best_times_without_failures(const model::Plan& plan, const Network& network);

/// Interval × threshold + hold + notification: the longest that `detector` needs. Nothing where it has no interval.
[[nodiscard]] std::optional<Time> worst_detection(const model::Detector& detector);

/// When `node` ended or failed, where `end_of` says of a node when it ended; `never` for what did neither.
template <typename EndOf>
[[nodiscard]] Time over(const Network& network, NodeId node, const EndOf& end_of) {
    const Time end = end_of(node);
    const NodeId failure = network.nodes[node].failure;
    return end == support::never && failure != 0 ? end_of(failure) : end;
}

/// The same in those times.
[[nodiscard]] Time over(const Network& network, const Times& times, NodeId node);

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

/// What keeps `node` from beginning, where it never does: the first of its inputs that never happens, or what holds for ever whom it needs.
/// Of a node that is impossible that is an impossible one, of one that is unknown an unknown one. Nothing where it has begun.
[[nodiscard]] std::optional<NodeId> blocker_of(const Network& network, const Outlook& outlook, NodeId node);

/// Why `node`, which never happens in `outlook.times`, does not: the node at the root of it. Of one that is impossible that is an
/// impossible one or part of a circle, of one that is unknown an unknown one.
[[nodiscard]] NodeId root_of_never(const Network& network, const Outlook& outlook, NodeId node);

}  // namespace muster::analysis
