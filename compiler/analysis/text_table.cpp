#include "compiler/analysis/text_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/support/utf8.h"

namespace muster::analysis {

std::string text_table(std::vector<Row> rows) {
    if (rows.empty()) return "";
    for (Row& row : rows)
        for (Cell& cell : row) cell.text = support::printable(cell.text);
    std::vector<std::size_t> widths(rows.front().size());
    for (const Row& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], support::code_points(row[i].text));
    std::string out;
    for (const Row& row : rows) {
        std::string line = " ";
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool last = i + 1 == row.size();
            const std::string pad(last ? 0 : widths[i] - support::code_points(row[i].text), ' ');
            line += fmt::format(" {}{}{}{}{}", row[i].hue, row[i].text, row[i].hue.empty() ? "" : "\x1b[0m", pad, last ? "" : " ");
        }
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return out;
}

}  // namespace muster::analysis
