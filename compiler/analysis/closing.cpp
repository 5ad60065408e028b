#include "compiler/analysis/closing.h"

#include <algorithm>
#include <map>

namespace muster::analysis {
namespace {

class Gathering {
public:
    explicit Gathering(const Estimate& estimate)
        : network_(estimate.recovery.network), times_(estimate.outlook.times), rest_(network_.nodes.size()) {}

    // From the last node back to the steps; what comes after a node is known before it is passed.
    std::vector<Closing> run(NodeId last) {
        rest_[last] = Time{0};
        for (const NodeId node : last_first())
            if (rest_[node]) pass(node);
        std::vector<Closing> all;
        for (const auto& [step, rest] : found_) all.push_back({step, rest});
        return all;
    }

private:
    [[nodiscard]] std::vector<NodeId> last_first() const {
        std::vector<NodeId> nodes;
        for (NodeId node = 0; node < network_.nodes.size(); ++node)
            if (times_.end[node] != support::never) nodes.push_back(node);
        std::sort(nodes.begin(), nodes.end(), [&](NodeId a, NodeId b) { return times_.order[a] > times_.order[b]; });
        return nodes;
    }

    void pass(NodeId node) {
        const Time rest = *rest_[node] + (times_.end[node] - times_.begin[node]);
        if (!network_.nodes[node].any)
            for (const NodeId input : network_.nodes[node].inputs) reach(input, rest);
        else if (const auto input = deciding_input(network_, times_, node)) reach(*input, rest);
    }

    void reach(NodeId input, Time rest) {
        const Node& node = network_.nodes[input];
        if (node.kind == Node::Kind::step) {
            const auto [known, is_new] = found_.emplace(Id<model::Step>{node.subject}, rest);
            if (!is_new) known->second = std::max(known->second, rest);
        } else rest_[input] = std::max(rest_[input].value_or(Time{0}), rest);
    }

    const Network& network_;
    const Times& times_;
    std::vector<std::optional<Time>> rest_;  // by node: from its end until the service is there
    std::map<Id<model::Step>, Time> found_;
};

}  // namespace

std::vector<Closing> closing_steps(const Estimate& estimate, const ServiceOutcome& outcome) {
    if (outcome.last == 0 || !outcome.rta || *outcome.rta == support::never) return {};
    return Gathering(estimate).run(outcome.last);
}

}  // namespace muster::analysis
