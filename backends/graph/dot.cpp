// Pictures for Graphviz.

#include <fmt/format.h>

#include "backends/graph/graph.h"
#include "backends/graph/look.h"

namespace muster::backends::graph {
namespace {

// Names of boxes and frames are ours, and every text of the plan stands in quotes: nothing in it can end them, be read as one of
// Graphviz' escapes (\N, \L), or as an HTML entity.
// `end` is the escape for a line's end: `\\n` centres what stands before it, `\\l` moves it to the left.
std::string quoted(const std::vector<std::string>& lines, std::string_view end = "\\n") {
    std::string out = "\"";
    for (const std::string& line : lines) {
        for (const char c : line) {
            if (c == '"' || c == '\\') out += '\\';
            if (c == '&') out += "&amp;";
            else out += c;
        }
        if (lines.size() > 1) out += end;
    }
    return out + "\"";
}

std::string dot_shape(std::string_view kind) {
    switch (shape_of(kind)) {
        case Shape::box:
        case Shape::rounded: return "shape=box";
        case Shape::pill: return "shape=ellipse";
        case Shape::drum: return "shape=cylinder";
        case Shape::folder: return "shape=folder";
        case Shape::tab: return "shape=component";
        case Shape::house: return "shape=house";
        case Shape::diamond: return "shape=diamond";
        case Shape::octagon: return "shape=octagon";
        case Shape::note: return "shape=note";
    }
    return "";
}

class Dot {
public:
    explicit Dot(const Graph& graph) : graph_(graph), layout_(graph) {}

    std::string render() {
        out_ = "digraph muster {\n";
        line(1,
             fmt::format(
                 "graph [rankdir=LR, compound=true, fontname=\"Helvetica\", fontsize=16, labelloc=t, nodesep=0.25, ranksep=0.6, label={}];",
                 quoted(graph_.title)));
        line(1, "node [fontname=\"Helvetica\", fontsize=11, margin=\"0.14,0.07\"];");
        line(1, "edge [fontname=\"Helvetica\", fontsize=9, color=\"#546e7a\", fontcolor=\"#546e7a\"];");
        draw_in(graph_.frames.size(), 1);
        for (const Bundle& bundle : bundles_of(graph_)) draw(bundle);
        for (const auto& [left, right] : pairs_of(graph_, layout_)) line(1, fmt::format("n{} -> n{} [style=invis];", left, right));
        return out_ + "}\n";
    }

private:
    void line(int depth, const std::string& text) { out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + text + "\n"; }

    void draw_in(std::size_t frame, int depth) {
        for (const std::size_t inner : layout_.frames[frame]) draw_frame(inner, depth);
        for (const std::size_t node : layout_.nodes[frame]) draw_node(node, depth);
    }

    void draw_frame(std::size_t frame, int depth) {
        const Frame& it = graph_.frames[frame];
        const Colours colours = colours_of(it);
        line(depth, fmt::format("subgraph cluster_{} {{", frame));
        line(depth + 1,
             fmt::format(
                 "graph [label={}, labeljust=l, fontsize=12, style=\"rounded,filled\", color=\"{}\", fillcolor=\"{}\", fontcolor=\"{}\"];",
                 quoted(it.lines, "\\l"), colours.line, colours.fill, colours.text));
        draw_in(frame, depth + 1);
        line(depth, "}");
    }

    void draw_node(std::size_t number, int depth) {
        const Node& node = graph_.nodes[number];
        const Colours colours = colours_of(node);
        const std::string style =
            std::string(shape_of(node.kind) == Shape::rounded ? "filled,rounded" : "filled") + (node.faint ? ",dashed" : "");
        line(depth, fmt::format("n{} [label={}, {}, style=\"{}\", fillcolor=\"{}\", color=\"{}\", fontcolor=\"{}\"{}];", number,
                                quoted(node.lines), dot_shape(node.kind), style, colours.fill, colours.line, colours.text,
                                node.critical ? ", penwidth=2.5" : ""));
    }

    void draw(const Bundle& bundle) {
        const Edge& edge = bundle.edge;
        std::string look;
        if (!bundle.labels.empty()) look += fmt::format(", label={}", quoted(bundle.labels));
        if (edge.soft) look += ", style=dashed";
        if (edge.critical) look += fmt::format(", color=\"{}\", penwidth=2.5", critical_colour);
        // What lies in something stands behind it, whichever way the arrow points.
        const bool behind = edge.kind == "in";
        if (behind) look += ", dir=back";
        line(1, fmt::format("n{} -> n{}{};", behind ? edge.to : edge.from, behind ? edge.from : edge.to,
                            look.empty() ? "" : " [" + look.substr(2) + "]"));
    }

    const Graph& graph_;
    Layout layout_;
    std::string out_;
};

}  // namespace

std::string render_dot(const Graph& graph) { return Dot(graph).render(); }

}  // namespace muster::backends::graph
