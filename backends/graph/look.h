// What a kind of thing looks like, whatever language the picture is drawn in.
#pragma once

#include <string_view>
#include <vector>

#include "backends/graph/graph.h"

namespace muster::backends::graph {

/// The outline of a box.
enum class Shape : std::uint8_t { box, rounded, pill, drum, folder, tab, house, diamond, octagon, note };

/// The outline of boxes of `kind`.
[[nodiscard]] Shape shape_of(std::string_view kind);

/// Colours as `#rrggbb`.
struct Colours {
    std::string_view fill;
    std::string_view line;
    std::string_view text;
};

/// The colours of a box: by its mark, and where that is fine by its kind.
[[nodiscard]] Colours colours_of(const Node& node);

/// The colours of a frame.
[[nodiscard]] Colours colours_of(const Frame& frame);

/// What the critical path is drawn in.
inline constexpr std::string_view critical_colour = "#c62828";

/// What stands directly in each frame. Frames with nothing in them, nor in the frames in them, are left out.
struct Layout {
    std::vector<std::vector<std::size_t>> frames;  ///< by frame; last those that stand in none
    std::vector<std::vector<std::size_t>> nodes;   ///< likewise

    /// That of `graph`.
    explicit Layout(const Graph& graph);
};

/// Boxes without arrows, two by two within their frame: drawn beside each other, so that a frame full of them is no tower.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> pairs_of(const Graph& graph, const Layout& layout);

/// Arrows of a picture: those from one box to another that look alike, with a label each.
struct Bundle {
    Edge edge;
    std::vector<std::string> labels;
};
/// All arrows of `graph`, in bundles.
[[nodiscard]] std::vector<Bundle> bundles_of(const Graph& graph);

}  // namespace muster::backends::graph
