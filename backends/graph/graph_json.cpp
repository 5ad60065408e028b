#include "backends/graph/graph_json.h"

#include <nlohmann/json.hpp>

namespace muster::backends::graph {
namespace {

using nlohmann::ordered_json;

ordered_json frame_json(const Frame& frame, std::size_t id) {
    ordered_json out{{"id", id}, {"kind", frame.kind}, {"name", frame.name}, {"lines", frame.lines}};
    if (frame.in) out["in"] = *frame.in;
    if (frame.mark != Mark::fine) out["mark"] = mark_name(frame.mark);
    return out;
}

ordered_json node_json(const Node& node, std::size_t id) {
    ordered_json out{{"id", id}, {"kind", node.kind}, {"name", node.name}, {"lines", node.lines}};
    if (node.frame) out["in"] = *node.frame;
    if (node.mark != Mark::fine) out["mark"] = mark_name(node.mark);
    if (node.faint) out["faint"] = true;
    if (node.critical) out["critical"] = true;
    if (!node.performer.empty()) out["performer"] = node.performer;
    if (node.begin) out["start_ms"] = node.begin->count();
    if (node.end) out["end_ms"] = node.end->count();
    return out;
}

ordered_json edge_json(const Edge& edge) {
    ordered_json out{{"from", edge.from}, {"to", edge.to}, {"kind", edge.kind}};
    if (!edge.label.empty()) out["label"] = edge.label;
    if (edge.soft) out["soft"] = true;
    if (edge.critical) out["critical"] = true;
    return out;
}

}  // namespace

std::string render_json(const Graph& graph, const diagnostics::Provenance& provenance) {
    ordered_json out{{"format", 1},
                     {"tool", {{"name", "muster"}, {"version", provenance.tool_version}}},
                     {"plan", {{"name", provenance.plan_name}, {"title", provenance.plan_title}, {"hash", provenance.plan_hash}}},
                     {"kind", graph.kind}};
    if (!graph.scenario.empty()) out["scenario"] = graph.scenario;
    for (const char* key : {"frames", "nodes", "edges"}) out[key] = ordered_json::array();
    for (std::size_t i = 0; i < graph.frames.size(); ++i) out["frames"].push_back(frame_json(graph.frames[i], i));
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) out["nodes"].push_back(node_json(graph.nodes[i], i));
    for (const Edge& edge : graph.edges) out["edges"].push_back(edge_json(edge));
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace muster::backends::graph
