#include "compiler/model/graph.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/range/iterator_range.hpp>
#include <limits>
#include <map>
#include <optional>

namespace muster::model {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
using Vertex = boost::graph_traits<Graph>::vertex_descriptor;
using Services = std::vector<Id<Service>>;

Graph dependency_graph(const Plan& plan) {
    Graph graph(plan.services.size());
    for (const auto id : plan.services.ids())
        for (const Alternatives& any_of : plan.services[id].needs)
            if (any_of.size() == 1 && any_of.front().value.kind == Kind::service)
                boost::add_edge(id.value, any_of.front().value.index, graph);
    return graph;
}

bool needs_itself(const Graph& graph, Vertex vertex) { return boost::edge(vertex, vertex, graph).second; }

// Searches one part of the graph breadth first, from one service after the other. A way that cannot be shorter than the shortest known
// is given up, and where a search began no later one passes: else ten thousand services in one circle take minutes.
class ShortestCycle {
public:
    ShortestCycle(const Graph& graph, const std::vector<std::size_t>& part)
        : graph_(graph), part_(part), before_(part.size()), depth_(part.size(), unseen) {}

    Services in(const std::vector<Vertex>& vertices) {
        Services shortest;
        for (const Vertex from : vertices) {
            const auto last = search(from, shortest.empty() ? vertices.size() : shortest.size() - 2);
            if (last) shortest = way_back(from, *last);
            for (const Vertex vertex : reached_) depth_[vertex] = unseen;
            depth_[from] = done;
        }
        return shortest;
    }

private:
    static constexpr std::size_t unseen = std::numeric_limits<std::size_t>::max(), done = unseen - 1;

    // The first service found that needs `from`, where the circle has at most `most` services.
    std::optional<Vertex> search(Vertex from, std::size_t most) {
        reached_ = {from};
        depth_[from] = 1;
        for (std::size_t next = 0; next < reached_.size(); ++next) {
            const Vertex vertex = reached_[next];
            if (depth_[vertex] > most) return std::nullopt;
            if (boost::edge(vertex, from, graph_).second) return vertex;
            for (const auto& edge : boost::make_iterator_range(boost::out_edges(vertex, graph_)))
                reach(boost::target(edge, graph_), vertex);
        }
        return std::nullopt;
    }

    void reach(Vertex vertex, Vertex before) {
        if (part_[vertex] != part_[before] || depth_[vertex] != unseen) return;
        before_[vertex] = before;
        depth_[vertex] = depth_[before] + 1;
        reached_.push_back(vertex);
    }

    [[nodiscard]] Services way_back(Vertex from, Vertex last) const {
        Services way{{static_cast<std::uint32_t>(from)}};
        for (Vertex at = last; at != from; at = before_[at]) way.push_back({static_cast<std::uint32_t>(at)});
        way.push_back({static_cast<std::uint32_t>(from)});
        std::reverse(way.begin(), way.end());
        return way;
    }

    const Graph& graph_;
    const std::vector<std::size_t>& part_;
    std::vector<Vertex> before_;
    std::vector<std::size_t> depth_;  ///< how many services there are up to this one
    std::vector<Vertex> reached_;
};

}  // namespace

std::vector<Services> dependency_cycles(const Plan& plan) {
    const Graph graph = dependency_graph(plan);
    std::vector<std::size_t> part(plan.services.size());
    boost::strong_components(graph, part.data());
    std::map<std::size_t, std::vector<Vertex>> members;
    for (Vertex vertex = 0; vertex < part.size(); ++vertex) members[part[vertex]].push_back(vertex);

    std::vector<Services> cycles;
    ShortestCycle search(graph, part);
    for (const auto& [number, vertices] : members) {
        if (vertices.size() == 1 && !needs_itself(graph, vertices.front())) continue;
        cycles.push_back(search.in(vertices));
    }
    std::sort(cycles.begin(), cycles.end(), [](const Services& a, const Services& b) { return a.front() < b.front(); });
    return cycles;
}

}  // namespace muster::model
