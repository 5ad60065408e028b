#include "simulator/svg.h"

#include <fmt/format.h>

#include <cmath>

#include "compiler/support/utf8.h"

namespace muster::simulator {
namespace {

// Two greys, a red for what decides, a blue for people: told apart in print, too, since red bars are drawn with an edge.
constexpr std::string_view style =
    "text{font:12px sans-serif;fill:#222}.head{font-size:15px;font-weight:bold}.small{font-size:11px;fill:#555}"
    ".end{text-anchor:end}.middle{text-anchor:middle;font-size:11px;fill:#555}.red{fill:#b3261e;font-size:11px}"
    ".grid{stroke:#ddd}.axis{stroke:#555}.limit{stroke:#b3261e;stroke-dasharray:5 3}.mark{stroke:#1b5e9b;stroke-dasharray:2 3}"
    ".bar{fill:#9db8d2}.curve{fill:none;stroke:#1b5e9b;stroke-width:2}"
    ".step{fill:#b8b8b8}.critical{fill:#e0695f;stroke:#b3261e}.people{fill:#9db8d2}.failed{fill:#fff;stroke:#b3261e;stroke-dasharray:3 2}"
    ".ready{fill:#2e7d32}.late{fill:#b3261e}";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : support::printable(std::string(text))) switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    return out;
}

std::string closed(std::string_view element, std::string_view tip) {
    if (tip.empty()) return "/>\n";
    return fmt::format("><title>{}</title></{}>\n", escaped(tip), element);
}

}  // namespace

// By integers, since how a double is printed should depend on nothing.
std::string coordinate(double value) {
    const long tenths = std::lround(value * 10);
    return fmt::format("{}{}.{}", tenths < 0 ? "-" : "", std::labs(tenths) / 10, std::labs(tenths) % 10);
}

Svg::Svg(std::string_view title) : title_(title) {}

void Svg::rectangle(double x, double y, double width, double height, std::string_view look, std::string_view tip) {
    shapes_ += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}", look, coordinate(x), coordinate(y),
                           coordinate(width), coordinate(height), closed("rect", tip));
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view look) {
    shapes_ += fmt::format("<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n", look, coordinate(x1), coordinate(y1),
                           coordinate(x2), coordinate(y2));
}

void Svg::text(double x, double y, std::string_view words, std::string_view look) {
    shapes_ += fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n", look, coordinate(x), coordinate(y), escaped(words));
}

void Svg::diamond(double x, double y, std::string_view look, std::string_view tip) {
    constexpr double r = 6;
    shapes_ +=
        fmt::format("<polygon class=\"{}\" points=\"{},{} {},{} {},{} {},{}\"{}", look, coordinate(x), coordinate(y - r), coordinate(x + r),
                    coordinate(y), coordinate(x), coordinate(y + r), coordinate(x - r), coordinate(y), closed("polygon", tip));
}

void Svg::polyline(const std::string& points, std::string_view look) {
    shapes_ += fmt::format("<polyline class=\"{}\" points=\"{}\"/>\n", look, points);
}

std::string Svg::document(double width, double height) const {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\">\n<title>{2}</title>\n"
        "<style>{3}</style>\n<rect x=\"0\" y=\"0\" width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n{4}</svg>\n",
        coordinate(width), coordinate(height), escaped(title_), style, shapes_);
}

}  // namespace muster::simulator
