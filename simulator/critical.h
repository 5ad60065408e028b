// What a service waited for.
#pragma once

#include <span>
#include <vector>

#include "simulator/trial_times.h"

namespace muster::simulator {

/// Finds critical nodes in one network again and again, for one thread.
class CriticalNodes {
public:
    explicit CriticalNodes(const analysis::Network& network);

    /// From now on the questions are about `times`, which has to stay as it is.
    void look_at(const TrialTimes& times);

    /// The nodes that took time and whose end decided when `last`, which happens, did: those of every path to it on which each
    /// node ends just when the next begins, and of those that had to wait for people what kept these until then. Whatever the order in
    /// which a node names its inputs, they are the same.
    [[nodiscard]] const std::vector<analysis::NodeId>& before(analysis::NodeId last);

private:
    // What is asked of a node, in few bytes: for a short path in a large network, most of the time is that of the caches.
    struct Brief {
        std::uint32_t first_input;
        std::uint32_t inputs;
        bool fails;    ///< it is a failure: it begins when its input has failed
        bool demands;  ///< it needs somebody
    };

    void visit(analysis::NodeId node);

    const analysis::Network& network_;
    std::vector<Brief> briefs_;  ///< by node
    std::vector<analysis::NodeId> inputs_;
    using Holder = std::pair<support::Time, analysis::NodeId>;

    [[nodiscard]] bool ends_with(analysis::NodeId node, analysis::NodeId input) const;
    [[nodiscard]] std::span<const analysis::NodeId> inputs_of(analysis::NodeId node) const;
    void visit_holders(analysis::NodeId node);
    [[nodiscard]] const std::vector<Holder>& holders_of(std::uint32_t pool);

    const TrialTimes* times_ = nullptr;
    std::vector<std::vector<Holder>> holders_;  ///< by pool: who holds something of it and until when, in that order; empty until asked for
    std::vector<std::uint64_t> seen_;           ///< by node: the number of the question in which it was last seen
    std::uint64_t question_ = 0;
    std::vector<analysis::NodeId> open_;
    std::vector<analysis::NodeId> found_;
};

}  // namespace muster::simulator
