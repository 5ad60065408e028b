// The part of a recovery network that every scenario has alike: from the disruption to the declaration and the start of the
// procedures, and what has to come back before something that is no service can be used.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compiler/analysis/recovery.h"

namespace muster::analysis {

/// The node of the disruption.
inline constexpr NodeId disruption = 0;
/// As an input: there is nothing to wait for.
inline constexpr NodeId none = 0;

/// Adds nodes to the network of `recovery`, whose impact, procedures and sources are known.
class Groundwork {
public:
    /// Adds the disruption, the detection and the declaration, a node without inputs for each step that is followed or turned to, and what
    /// happens where one fails.
    Groundwork(const model::Plan& plan, Recovery& recovery);

    /// Adds a node that waits for all of `inputs`; for the disruption where there are none. Inputs that are `none` are dropped.
    NodeId add(Node::Kind kind, std::string key, Delay delay, std::vector<NodeId> inputs, std::uint32_t subject = 0);
    /// Says what a node waits for that was added without inputs, and how long it takes.
    void set(NodeId node, std::vector<NodeId> inputs, Delay delay);
    /// Lets a node wait for the first of its inputs instead of all.
    void wait_for_any(NodeId node) { network_.nodes[node].any = true; }

    /// When a procedure may begin: at the finding of the detectors that trigger it, else at the declaration; one that is only turned to
    /// when the first fails that turns to it.
    NodeId start_of(Id<model::Procedure> procedure);
    /// When all steps of `procedure` that count in the RTA are done, and `turn` has happened.
    NodeId end_of(Id<model::Procedure> procedure, std::string key, NodeId turn = none);
    /// When the role is at work, or whoever stands in for it: the first of these.
    NodeId response(Id<model::Role> role);
    /// Somebody who was paged. What he works through has to be up before he is at work.
    struct Paged {
        NodeId paged;    ///< he answers
        NodeId at_work;  ///< without inputs but for that, until `set_at_work`
        Id<model::Role> role;
    };
    /// Takes those out of whom nobody has said yet when what they work through is up.
    std::vector<Paged> take_paged() { return std::exchange(paged_, {}); }
    /// Whose hands a step of the role takes: its own or, where nobody is in it, those of the first that it escalates to.
    [[nodiscard]] Id<model::Role> hands_of(Id<model::Role> role) const;
    /// When what failed has come back by itself; the scenario says `lasts`.
    NodeId returning();
    /// When the cuts of the scenario have ended.
    NodeId until_joined();
    /// A node that never happens.
    NodeId impossible(std::string why);
    /// What to wait for until a place can be used; `none` where it can.
    NodeId until_up(const model::Place& place);
    /// Likewise for a thing, which is neither a service nor data, as far as it depends on nothing else.
    NodeId until_up(model::Thing thing);

    const model::Plan& plan;
    Recovery& recovery;
    const model::Scenario& scenario;

private:
    NodeId add(Node node);
    void detect();
    void declare();
    void add_steps();
    void add_failures(Id<model::Step> step);
    void fill_alternatives();
    std::vector<NodeId> turning_to(Id<model::Procedure> procedure) const;
    std::vector<NodeId> triggers_of(Id<model::Procedure> procedure) const;
    bool is_gone(model::Thing thing) const;
    Delay absence(Id<model::Role> role) const;
    NodeId page(Id<model::Role> role, NodeId when);
    [[nodiscard]] std::vector<Id<model::Role>> escalation_of(Id<model::Role> role) const;
    std::vector<Paged> paged_;

    Network& network_;
    std::map<std::uint32_t, std::vector<NodeId>> triggers_;  // by procedure: the detectors that start it
    std::map<std::uint32_t, NodeId> responses_;              // by role
    std::map<std::uint32_t, NodeId> starts_;                 // by procedure
    NodeId returning_ = none;
};

}  // namespace muster::analysis
