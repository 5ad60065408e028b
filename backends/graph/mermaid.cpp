// Pictures for Mermaid, which Git services draw in Markdown.

#include <fmt/format.h>

#include <map>

#include "backends/graph/graph.h"
#include "backends/graph/look.h"

namespace muster::backends::graph {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

bool is_plain(char c) {
    constexpr std::string_view harmless = " .,:/-+()";
    return is_letter(c) || harmless.find(c) != std::string_view::npos;
}

// Mermaid reads Markdown, HTML and entities of its own in a label, and has no escape for a quote: all that is not known to be
// harmless becomes the number of its character. What follows the digits that a line begins with would make it an item of a list.
std::string quoted(const std::vector<std::string>& lines) {
    std::string out = "\"";
    for (const std::string& line : lines) {
        if (&line != &lines.front()) out += "<br/>";
        const std::size_t first = line.find_first_not_of("0123456789");
        for (std::size_t i = 0; i < line.size(); ++i) {
            const bool plain = is_plain(line[i]) && (i != first || is_letter(line[i]) || line[i] == ' ');
            out += plain ? std::string(1, line[i]) : fmt::format("#{};", static_cast<int>(line[i]));
        }
    }
    return out + "\"";
}

std::pair<std::string_view, std::string_view> brackets(std::string_view kind) {
    switch (shape_of(kind)) {
        case Shape::box: return {"[", "]"};
        case Shape::rounded: return {"(", ")"};
        case Shape::pill: return {"([", "])"};
        case Shape::drum: return {"[(", ")]"};
        case Shape::folder: return {"[/", "\\]"};
        case Shape::tab: return {"[[", "]]"};
        case Shape::house: return {"[/", "/]"};
        case Shape::diamond: return {"{", "}"};
        case Shape::octagon: return {"{{", "}}"};
        case Shape::note: return {">", "]"};
    }
    return {"[", "]"};
}

class Mermaid {
public:
    explicit Mermaid(const Graph& graph) : graph_(graph), layout_(graph) {}

    std::string render() {
        out_ = "flowchart LR\n";
        // A title of its own would have to be YAML; this is a frame around everything.
        line(1, fmt::format("subgraph picture[{}]", quoted(graph_.title)));
        draw_in(graph_.frames.size(), 2);
        line(1, "end");
        const auto bundles = bundles_of(graph_);
        for (std::size_t i = 0; i < bundles.size(); ++i) draw(bundles[i], i);
        for (const auto& [left, right] : pairs_of(graph_, layout_)) line(1, fmt::format("n{} ~~~ n{}", left, right));
        for (std::size_t i = 0; i < looks_.size(); ++i) {
            line(1, fmt::format("classDef look{} {}", i, looks_[i].first));
            line(1, fmt::format("class {} look{}", looks_[i].second, i));
        }
        if (!critical_.empty()) line(1, fmt::format("linkStyle {} stroke:{},stroke-width:3px", critical_, critical_colour));
        return out_;
    }

private:
    void line(int depth, const std::string& text) { out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + text + "\n"; }

    void draw_in(std::size_t frame, int depth) {
        for (const std::size_t inner : layout_.frames[frame]) draw_frame(inner, depth);
        for (const std::size_t node : layout_.nodes[frame]) draw_node(node, depth);
    }

    void draw_frame(std::size_t frame, int depth) {
        line(depth, fmt::format("subgraph f{}[{}]", frame, quoted(graph_.frames[frame].lines)));
        draw_in(frame, depth + 1);
        line(depth, "end");
        style(fmt::format("f{}", frame), colours_of(graph_.frames[frame]), "");
    }

    void draw_node(std::size_t number, int depth) {
        const Node& node = graph_.nodes[number];
        const auto [open, close] = brackets(node.kind);
        line(depth, fmt::format("n{}{}{}{}", number, open, quoted(node.lines), close));
        style(fmt::format("n{}", number), colours_of(node),
              std::string(node.critical ? ",stroke-width:3px" : "") + (node.faint ? ",stroke-dasharray:4" : ""));
    }

    void style(const std::string& name, const Colours& colours, const std::string& more) {
        const std::string look = fmt::format("fill:{},stroke:{},color:{}{}", colours.fill, colours.line, colours.text, more);
        const auto [known, fresh] = numbers_.try_emplace(look, looks_.size());
        if (fresh) looks_.emplace_back(look, name);
        else looks_[known->second].second += "," + name;
    }

    void draw(const Bundle& bundle, std::size_t number) {
        const Edge& edge = bundle.edge;
        const std::string label = bundle.labels.empty() ? "" : fmt::format("|{}|", quoted(bundle.labels));
        line(1, fmt::format("n{} {}{} n{}", edge.from, edge.soft ? "-.->" : edge.critical ? "==>" : "-->", label, edge.to));
        if (edge.critical) critical_ += (critical_.empty() ? "" : ",") + std::to_string(number);
    }

    const Graph& graph_;
    Layout layout_;
    std::string out_;
    std::map<std::string, std::size_t> numbers_;
    std::vector<std::pair<std::string, std::string>> looks_;  // and who looks like that
    std::string critical_;
};

}  // namespace

std::string render_mermaid(const Graph& graph) { return Mermaid(graph).render(); }

}  // namespace muster::backends::graph
