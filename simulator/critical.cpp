#include "simulator/critical.h"

#include <algorithm>

namespace muster::simulator {

using analysis::NodeId;

const std::vector<NodeId>& CriticalNodes::before(NodeId last, const analysis::Times& times) {
    ++question_;
    found_.clear();
    visit(last);
    while (!open_.empty()) {
        const NodeId node = open_.back();
        open_.pop_back();
        if (over(network_, times, node) > times.begin[node]) found_.push_back(node);
        for (const NodeId input : network_.nodes[node].inputs)
            if (ends_with(node, input, times)) visit(input);
        visit_holders(node, times);
    }
    return found_;
}

// Whether `node` begins just when its input ends, or fails where that is what it waits for.
bool CriticalNodes::ends_with(NodeId node, NodeId input, const analysis::Times& times) const {
    const bool failure = network_.nodes[node].kind == analysis::Node::Kind::failure;
    return (failure ? over(network_, times, input) : times.end[input]) == times.begin[node];
}

// Only where it waited: the end of one of its inputs is reason enough.
void CriticalNodes::visit_holders(NodeId node, const analysis::Times& times) {
    const auto& inputs = network_.nodes[node].inputs;
    if (std::any_of(inputs.begin(), inputs.end(), [&](NodeId input) { return ends_with(node, input, times); })) return;
    for (const analysis::Demand& demand : network_.nodes[node].demands)
        for (const NodeId holder : network_.users[demand.pool])
            if (holder != node && over(network_, times, holder) == times.begin[node]) visit(holder);
}

void CriticalNodes::visit(NodeId node) {
    if (seen_[node] == question_) return;
    seen_[node] = question_;
    open_.push_back(node);
}

}  // namespace muster::simulator
