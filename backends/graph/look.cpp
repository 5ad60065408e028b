#include "backends/graph/look.h"

#include <array>
#include <map>
#include <tuple>

namespace muster::backends::graph {
namespace {

constexpr std::string_view dark = "#263238";

const std::map<std::string_view, Shape>& shapes() {
    static const std::map<std::string_view, Shape> all{
        {"service", Shape::rounded}, {"external", Shape::pill},     {"tool", Shape::tab},         {"data", Shape::drum},
        {"copy", Shape::drum},       {"store", Shape::folder},      {"detector", Shape::note},    {"either", Shape::diamond},
        {"site", Shape::house},      {"zone", Shape::house},        {"role", Shape::pill},        {"disruption", Shape::octagon},
        {"detection", Shape::note},  {"response", Shape::pill},     {"declaration", Shape::pill}, {"step", Shape::box},
        {"ready", Shape::rounded},   {"readiness", Shape::rounded}, {"return", Shape::pill},      {"obstacle", Shape::octagon},
    };
    return all;
}

const std::map<std::string_view, Colours>& kinds() {
    static const std::map<std::string_view, Colours> all{
        {"service", {"#e3f2fd", "#1565c0", dark}},  {"external", {"#f3e5f5", "#6a1b9a", dark}},
        {"tool", {"#eceff1", "#455a64", dark}},     {"data", {"#e0f2f1", "#00695c", dark}},
        {"copy", {"#f1f8e9", "#558b2f", dark}},     {"store", {"#fff8e1", "#b28704", dark}},
        {"detector", {"#fffde7", "#827717", dark}}, {"detection", {"#fffde7", "#827717", dark}},
        {"response", {"#f3e5f5", "#6a1b9a", dark}}, {"declaration", {"#f3e5f5", "#6a1b9a", dark}},
    };
    return all;
}

// By Mark; the first is that of what has no kind of its own.
constexpr std::array<Colours, 7> marks{{{"#ffffff", "#455a64", dark},
                                        {"#fffde7", "#f9a825", dark},
                                        {"#ffe0b2", "#ef6c00", dark},
                                        {"#ffcdd2", "#c62828", "#7f0000"},
                                        {"#c8e6c9", "#2e7d32", dark},
                                        {"#ffccbc", "#d84315", "#7f0000"},
                                        {"#cfd8dc", "#c62828", "#7f0000"}}};

}  // namespace

Shape shape_of(std::string_view kind) {
    const auto found = shapes().find(kind);
    return found == shapes().end() ? Shape::box : found->second;
}

Colours colours_of(const Node& node) {
    if (node.mark != Mark::fine) return marks.at(static_cast<std::size_t>(node.mark));
    if (node.critical) return {"#ffebee", critical_colour, dark};
    if (node.faint) return {"#fafafa", "#90a4ae", "#607d8b"};
    const auto found = kinds().find(node.kind);
    return found == kinds().end() ? marks.front() : found->second;
}

Colours colours_of(const Frame& frame) {
    if (frame.mark == Mark::failed) return {"#fff5f5", "#c62828", "#7f0000"};
    if (frame.in) return {"#ffffff", "#b0bec5", "#455a64"};
    return {"#f7f9fa", "#90a4ae", "#37474f"};
}

Layout::Layout(const Graph& graph) : frames(graph.frames.size() + 1), nodes(graph.frames.size() + 1) {
    std::vector<bool> filled(graph.frames.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        nodes[graph.nodes[i].frame.value_or(graph.frames.size())].push_back(i);
        for (auto in = graph.nodes[i].frame; in && !filled[*in]; in = graph.frames[*in].in) filled[*in] = true;
    }
    for (std::size_t i = 0; i < graph.frames.size(); ++i)
        if (filled[i]) frames[graph.frames[i].in.value_or(graph.frames.size())].push_back(i);
}

std::vector<std::pair<std::size_t, std::size_t>> pairs_of(const Graph& graph, const Layout& layout) {
    std::vector<bool> joined(graph.nodes.size());
    for (const Edge& edge : graph.edges) joined[edge.from] = joined[edge.to] = true;
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t frame = 0; frame + 1 < layout.nodes.size(); ++frame) {
        std::vector<std::size_t> alone;
        for (const std::size_t node : layout.nodes[frame])
            if (!joined[node]) alone.push_back(node);
        for (std::size_t i = 1; i < alone.size(); i += 2) pairs.emplace_back(alone[i - 1], alone[i]);
    }
    return pairs;
}

std::vector<Bundle> bundles_of(const Graph& graph) {
    std::vector<Bundle> bundles;
    std::map<std::tuple<std::size_t, std::size_t, bool, bool>, std::size_t> known;
    for (const Edge& edge : graph.edges) {
        const auto [bundle, fresh] = known.try_emplace({edge.from, edge.to, edge.soft, edge.critical}, bundles.size());
        if (fresh) bundles.push_back({edge, {}});
        if (!edge.label.empty()) bundles[bundle->second].labels.push_back(edge.label);
    }
    return bundles;
}

std::string_view mark_name(Mark mark) {
    constexpr std::array<std::string_view, 7> names{"fine", "degraded", "impaired", "failed", "back", "late", "never"};
    return names.at(static_cast<std::size_t>(mark));
}

}  // namespace muster::backends::graph
