#include "compiler/model/graph.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <functional>
#include <map>

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

// The shortest way from `from` back to itself within its part; empty where there is none.
Services cycle_through(const Graph& graph, const std::vector<std::size_t>& part, Vertex from) {
    if (needs_itself(graph, from)) return {{static_cast<std::uint32_t>(from)}, {static_cast<std::uint32_t>(from)}};
    const std::function<bool(Vertex)> inside = [&](Vertex vertex) { return part[vertex] == part[from]; };
    const boost::filtered_graph<Graph, boost::keep_all, std::function<bool(Vertex)>> own(graph, boost::keep_all{}, inside);
    std::vector<Vertex> before(boost::num_vertices(graph), boost::graph_traits<Graph>::null_vertex());
    std::vector<boost::default_color_type> colours(boost::num_vertices(graph));
    std::vector<Vertex> order;
    const auto record = boost::record_predecessors(before.data(), boost::on_tree_edge());
    const auto visitor = boost::make_bfs_visitor(std::make_pair(
        record, boost::write_property(boost::identity_property_map{}, std::back_inserter(order), boost::on_discover_vertex())));
    boost::breadth_first_search(own, from, boost::color_map(colours.data()).visitor(visitor));
    for (const Vertex last : order) {
        if (!boost::edge(last, from, own).second) continue;
        Services way{{static_cast<std::uint32_t>(from)}};
        for (Vertex at = last; at != from; at = before[at]) way.push_back({static_cast<std::uint32_t>(at)});
        way.push_back({static_cast<std::uint32_t>(from)});
        std::reverse(way.begin(), way.end());
        return way;
    }
    return {};
}

}  // namespace

std::vector<Services> dependency_cycles(const Plan& plan) {
    const Graph graph = dependency_graph(plan);
    std::vector<std::size_t> part(plan.services.size());
    boost::strong_components(graph, part.data());
    std::map<std::size_t, std::vector<Vertex>> members;
    for (Vertex vertex = 0; vertex < part.size(); ++vertex) members[part[vertex]].push_back(vertex);

    std::vector<Services> cycles;
    for (const auto& [number, vertices] : members) {
        if (vertices.size() == 1 && !needs_itself(graph, vertices.front())) continue;
        Services shortest;
        for (const Vertex vertex : vertices) {
            const Services cycle = cycle_through(graph, part, vertex);
            if (shortest.empty() || cycle.size() < shortest.size()) shortest = cycle;
        }
        cycles.push_back(std::move(shortest));
    }
    std::sort(cycles.begin(), cycles.end(), [](const Services& a, const Services& b) { return a.front() < b.front(); });
    return cycles;
}

}  // namespace muster::model
