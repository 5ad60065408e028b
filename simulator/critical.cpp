#include "simulator/critical.h"

#include <algorithm>

namespace muster::simulator {

using analysis::NodeId;

CriticalNodes::CriticalNodes(const analysis::Network& network) : network_(network), seen_(network.nodes.size(), 0) {
    for (const analysis::Node& node : network.nodes) {
        briefs_.push_back({static_cast<std::uint32_t>(inputs_.size()), static_cast<std::uint32_t>(node.inputs.size()),
                           node.kind == analysis::Node::Kind::failure, !node.demands.empty()});
        inputs_.insert(inputs_.end(), node.inputs.begin(), node.inputs.end());
    }
}

std::span<const NodeId> CriticalNodes::inputs_of(NodeId node) const {
    return std::span(inputs_).subspan(briefs_[node].first_input, briefs_[node].inputs);
}

void CriticalNodes::look_at(const TrialTimes& times) {
    times_ = &times;
    holders_.resize(network_.users.size());
    for (auto& holders : holders_) holders.clear();
}

const std::vector<NodeId>& CriticalNodes::before(NodeId last) {
    ++question_;
    found_.clear();
    visit(last);
    while (!open_.empty()) {
        const NodeId node = open_.back();
        open_.pop_back();
        if (times_->over(network_, node) > times_->begin(node)) found_.push_back(node);
        for (const NodeId input : inputs_of(node))
            if (ends_with(node, input)) visit(input);
        if (briefs_[node].demands) visit_holders(node);
    }
    return found_;
}

// Whether `node` begins just when its input ends, or fails where that is what it waits for.
bool CriticalNodes::ends_with(NodeId node, NodeId input) const {
    return (briefs_[node].fails ? times_->over(network_, input) : times_->end(input)) == times_->begin(node);
}

// Only where it waited: the end of one of its inputs is reason enough.
void CriticalNodes::visit_holders(NodeId node) {
    const auto inputs = inputs_of(node);
    if (std::any_of(inputs.begin(), inputs.end(), [&](NodeId input) { return ends_with(node, input); })) return;
    for (const analysis::Demand& demand : network_.nodes[node].demands) {
        const auto& holders = holders_of(demand.pool);
        const support::Time begin = times_->begin(node);
        for (auto at = std::lower_bound(holders.begin(), holders.end(), Holder{begin, 0}); at != holders.end() && at->first == begin; ++at)
            if (at->second != node) visit(at->second);
    }
}

const std::vector<CriticalNodes::Holder>& CriticalNodes::holders_of(std::uint32_t pool) {
    std::vector<Holder>& holders = holders_[pool];
    if (!holders.empty()) return holders;
    for (const NodeId user : network_.users[pool]) holders.emplace_back(times_->over(network_, user), user);
    std::sort(holders.begin(), holders.end());
    return holders;
}

void CriticalNodes::visit(NodeId node) {
    if (seen_[node] == question_) return;
    seen_[node] = question_;
    open_.push_back(node);
}

}  // namespace muster::simulator
