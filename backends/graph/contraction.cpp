#include "backends/graph/contraction.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace muster::backends::graph {
namespace {

using analysis::NodeId;

// Above this many shown nodes all arrows stay: the table of who comes before whom is quadratic, and nobody looks at such a picture.
constexpr std::size_t most_reduced = 4096;
// A node with more inputs is shown even where it takes no time, so that contracting never multiplies many arrows by many.
constexpr std::size_t most_joined = 8;

class Contractor {
public:
    Contractor(const analysis::Estimate& estimate, const std::vector<NodeId>& path)
        : estimate_(estimate),
          network_(estimate.recovery.network),
          times_(estimate.outlook.times),
          shown_(network_.nodes.size()),
          stands_in_(network_.nodes.size()) {
        std::iota(stands_in_.begin(), stands_in_.end(), 0);
        find_relevant();
        for (const NodeId last : network_.reached)
            if (last != 0) merge_start(last);
        for (std::size_t i = 1; i < path.size(); ++i)
            if (stands_in_[path[i - 1]] != stands_in_[path[i]]) kept_.insert({stands_in_[path[i - 1]], stands_in_[path[i]]});
    }

    Contraction run() {
        Contraction out;
        out.stands_in = stands_in_;
        out.inputs.resize(network_.nodes.size());
        for (NodeId node = 0; node < network_.nodes.size(); ++node) {
            if (!shown_[node]) continue;
            out.shown.push_back(node);
            out.inputs[node] = shown_before(node);
        }
        for (const auto& [from, to] : kept_)
            if (shown_[from] && shown_[to] && std::find(out.inputs[to].begin(), out.inputs[to].end(), from) == out.inputs[to].end())
                out.inputs[to].push_back(from);
        if (out.shown.size() <= most_reduced) reduce(out);
        return out;
    }

private:
    // What the services that are affected and the steps that are followed wait for.
    void find_relevant() {
        std::vector<NodeId> open{0, network_.detection, network_.declaration};
        open.insert(open.end(), network_.reached.begin(), network_.reached.end());
        open.insert(open.end(), estimate_.recovery.steps.begin(), estimate_.recovery.steps.end());
        std::vector<bool> seen(network_.nodes.size());
        while (!open.empty()) {
            const NodeId node = open.back();
            open.pop_back();
            if (seen[node]) continue;
            seen[node] = true;
            shown_[node] = is_shown(node);
            const auto& inputs = network_.nodes[node].inputs;
            open.insert(open.end(), inputs.begin(), inputs.end());
        }
    }

    bool is_shown(NodeId id) const {
        using Kind = analysis::Node::Kind;
        const analysis::Node& node = network_.nodes[id];
        if (node.kind == Kind::disruption || node.kind == Kind::step || node.kind == Kind::response) return true;
        if (service_at_last(network_, id)) return true;
        const bool stuck = times_.begin[id] != support::never && times_.end[id] == support::never;
        const bool lasts = times_.end[id] != support::never && times_.end[id] > times_.begin[id];
        return stuck || lasts || (node.any && node.inputs.size() > 1) || node.inputs.size() > most_joined;
    }

    // Where a service is ready the moment it has started, its start is drawn as that.
    void merge_start(NodeId last) {
        NodeId at = last;
        while (times_.end[at] != support::never && times_.end[at] == times_.begin[at]) {
            const auto before = analysis::deciding_input(network_, times_, at);
            if (!before || !is_of(network_.nodes[last].subject, network_.nodes[*before])) return;
            at = *before;
            stands_in_[at] = last;
            shown_[at] = false;
        }
    }

    static bool is_of(std::uint32_t service, const analysis::Node& node) {
        using Kind = analysis::Node::Kind;
        return node.subject == service && (node.kind == Kind::ready || node.kind == Kind::completion || node.kind == Kind::either);
    }

    // The nearest shown nodes that `node` waits for, and what it stands for.
    std::vector<NodeId> shown_before(NodeId node) const {
        std::vector<NodeId> found, open(network_.nodes[node].inputs);
        std::set<NodeId> seen;
        while (!open.empty()) {
            const NodeId input = open.back();
            open.pop_back();
            if (!seen.insert(input).second) continue;
            if (shown_[stands_in_[input]] && stands_in_[input] != node) found.push_back(stands_in_[input]);
            else open.insert(open.end(), network_.nodes[input].inputs.begin(), network_.nodes[input].inputs.end());
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

    // Each node after all that it waits for; those that wait for each other in a circle are left out.
    std::vector<NodeId> in_order(const Contraction& out) const {
        std::vector<std::size_t> missing(network_.nodes.size());
        std::vector<std::vector<NodeId>> after(network_.nodes.size());
        std::vector<NodeId> order;
        for (const NodeId node : out.shown) {
            missing[node] = out.inputs[node].size();
            for (const NodeId input : out.inputs[node]) after[input].push_back(node);
            if (missing[node] == 0) order.push_back(node);
        }
        for (std::size_t i = 0; i < order.size(); ++i)
            for (const NodeId next : after[order[i]])
                if (--missing[next] == 0) order.push_back(next);
        return order;
    }

    // Drops what an input waits for itself. Whoever waits for the first of several keeps all of them.
    void reduce(Contraction& out) const {
        std::vector<std::size_t> place(network_.nodes.size());
        for (std::size_t i = 0; i < out.shown.size(); ++i) place[out.shown[i]] = i;
        std::vector<std::vector<bool>> before(out.shown.size(), std::vector<bool>(out.shown.size()));
        for (const NodeId node : in_order(out)) {
            auto& mine = before[place[node]];
            for (const NodeId input : out.inputs[node]) {
                const auto& its = before[place[input]];
                for (std::size_t i = 0; i < its.size(); ++i) mine[i] = mine[i] || its[i];
                mine[place[input]] = true;
            }
        }
        for (const NodeId node : out.shown) {
            if (network_.nodes[node].any) continue;
            const std::vector<NodeId> all = out.inputs[node];
            std::erase_if(out.inputs[node], [&](NodeId input) {
                return !kept_.contains({input, node}) && std::any_of(all.begin(), all.end(), [&](NodeId other) {
                    return other != input && before[place[other]][place[input]];
                });
            });
        }
    }

    const analysis::Estimate& estimate_;
    const analysis::Network& network_;
    const analysis::Times& times_;
    std::vector<bool> shown_;
    std::vector<NodeId> stands_in_;
    std::set<std::pair<NodeId, NodeId>> kept_;
};

}  // namespace

std::optional<support::Id<model::Service>> service_at_last(const analysis::Network& network, NodeId node) {
    using Kind = analysis::Node::Kind;
    const analysis::Node& it = network.nodes[node];
    if ((it.kind != Kind::ready && it.kind != Kind::reached && it.kind != Kind::either) || it.subject >= network.reached.size())
        return std::nullopt;
    return node != 0 && network.reached[it.subject] == node ? std::optional(support::Id<model::Service>{it.subject}) : std::nullopt;
}

Contraction contract(const analysis::Estimate& estimate, const std::vector<NodeId>& path) { return Contractor(estimate, path).run(); }

}  // namespace muster::backends::graph
