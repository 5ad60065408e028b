// Tables in text: columns as wide as what stands in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster::analysis {

/// What stands in one column of a row, and the terminal's code for its colour; empty for none.
struct Cell {
    std::string text;
    std::string_view hue = {};
};
using Row = std::vector<Cell>;

/// `rows`, all of one length, the first of which says how many columns there are; each on a line that begins with two spaces.
[[nodiscard]] std::string text_table(std::vector<Row> rows);

}  // namespace muster::analysis
