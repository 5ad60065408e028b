#include "simulator/critical.h"

namespace muster::simulator {

using analysis::NodeId;

const std::vector<NodeId>& CriticalNodes::before(NodeId last, const analysis::Times& times) {
    ++question_;
    found_.clear();
    visit(last);
    while (!open_.empty()) {
        const NodeId node = open_.back();
        open_.pop_back();
        if (times.end[node] > times.begin[node]) found_.push_back(node);
        for (const NodeId input : network_.nodes[node].inputs)
            if (times.end[input] == times.begin[node]) visit(input);
    }
    return found_;
}

void CriticalNodes::visit(NodeId node) {
    if (seen_[node] == question_) return;
    seen_[node] = question_;
    open_.push_back(node);
}

}  // namespace muster::simulator
