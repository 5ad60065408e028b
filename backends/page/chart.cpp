#include "backends/page/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "backends/page/text.h"
#include "compiler/support/utf8.h"

namespace muster::backends::page {
namespace {

using support::Time;

constexpr std::int64_t row_height = 22, label_width = 250, axis_width = 560, margin = 8;

// Names are cut by characters, not bytes.
std::string cut(const std::string& label, std::size_t most) {
    if (support::code_points(label) <= most) return label;
    std::string kept;
    for (const char c : label) {
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && support::code_points(kept) == most - 1) break;
        kept += c;
    }
    return kept + "…";
}

std::string words(std::int64_t x, std::int64_t y, const std::string& label, std::string_view anchor = "start") {
    return fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" font-size=\"12\">{}</text>\n", x, y, anchor, html_text(label));
}

std::string rectangle(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height, std::string_view look) {
    return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}/>\n", x, y, width, height, look);
}

std::string stroke(std::int64_t x1, std::int64_t y1, std::int64_t x2, std::int64_t y2, std::string_view look) {
    return fmt::format("<path d=\"M{} {} L{} {}\" {}/>\n", x1, y1, x2, y2, look);
}

std::string svg(std::int64_t width, std::int64_t height, const std::string& content) {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" font-family=\"system-ui, "
        "sans-serif\" "
        "role=\"img\">\n{2}</svg>\n",
        width, height, content);
}

// The smallest round step that divides `span` into at most eight.
Time tick_of(Time span) {
    using namespace std::chrono_literals;
    constexpr std::array<Time, 13> round{1s, 5s, 15s, 1min, 2min, 5min, 10min, 30min, 1h, 4h, 12h, 24h, 168h};
    for (const Time one : round)
        if (one * 8 >= span) return one;
    return Time{span.count() / 8 + 1};
}

class Timeline {
public:
    Timeline(const std::vector<Bar>& bars, const std::vector<Mark>& marks) : bars_(bars), marks_(marks) {
        for (const Bar& bar : bars) span_ = std::max({span_, bar.end, bar.other ? bar.begin + *bar.other : Time{0}});
        for (const Mark& mark : marks) span_ = std::max(span_, mark.at);
    }

    std::string draw() {
        const std::int64_t bottom = top + static_cast<std::int64_t>(bars_.size()) * row_height;
        std::string text = axis(bottom);
        for (std::size_t i = 0; i < bars_.size(); ++i) text += row(bars_[i], top + static_cast<std::int64_t>(i) * row_height);
        for (std::size_t i = 0; i < marks_.size(); ++i) text += mark(marks_[i], bottom, static_cast<std::int64_t>(i));
        return svg(label_width + axis_width + 2 * margin + 40, bottom + 24 + static_cast<std::int64_t>(marks_.size()) * 16, text);
    }

private:
    static constexpr std::int64_t top = 22;

    [[nodiscard]] std::int64_t at(Time time) const {
        return label_width + margin +
               static_cast<std::int64_t>(static_cast<double>(time.count()) / static_cast<double>(span_.count()) * axis_width);
    }

    [[nodiscard]] std::string axis(std::int64_t bottom) const {
        std::string text;
        const Time step = tick_of(span_);
        for (Time time{0}; time <= span_; time += step) {
            text += stroke(at(time), top - 4, at(time), bottom, "stroke=\"#ccc\"");
            text += words(at(time), top - 8, support::format_duration(time), "middle");
        }
        return text;
    }

    [[nodiscard]] std::string row(const Bar& bar, std::int64_t y) const {
        std::string text = words(0, y + 15, cut(bar.label, 36));
        const std::string_view look = bar.by_people ? "fill=\"#0a58a5\"" : "fill=\"#7aa7d9\"";
        const std::int64_t width = std::max<std::int64_t>(at(bar.end) - at(bar.begin), 3);
        text += rectangle(at(bar.begin), y + 4, width, bar.other ? 8 : 14, look);
        if (bar.other)
            text += rectangle(at(bar.begin), y + 12, std::max<std::int64_t>(at(bar.begin + *bar.other) - at(bar.begin), 3), 6,
                              "fill=\"none\" stroke=\"#111\"");
        return text;
    }

    [[nodiscard]] std::string mark(const Mark& mark, std::int64_t bottom, std::int64_t number) const {
        const std::int64_t x = at(mark.at), y = bottom + 14 + number * 16;
        const bool right = x > label_width + axis_width / 2;
        return stroke(x, top - 4, x, y - 8, "stroke=\"#b00020\" stroke-width=\"1.5\" stroke-dasharray=\"4 3\"") +
               words(right ? x - 4 : x + 4, y - 2, mark.label, right ? "end" : "start");
    }

    const std::vector<Bar>& bars_;
    const std::vector<Mark>& marks_;
    Time span_{1};
};

constexpr std::int64_t box_width = 190, box_height = 30, gap_x = 16, gap_y = 26;
constexpr std::size_t most_columns = 4;

// Boxes of one rank stand beside each other; too many go on in the next line.
struct Spot {
    std::int64_t x = 0, y = 0;
};

std::vector<std::size_t> ranks_of(const std::vector<Box>& boxes) {
    std::vector<std::size_t> ranks(boxes.size(), 0);
    for (std::size_t i = 0; i < boxes.size(); ++i)
        for (const std::size_t before : boxes[i].after)
            if (before < i) ranks[i] = std::max(ranks[i], ranks[before] + 1);
    return ranks;
}

std::vector<Spot> place(const std::vector<std::size_t>& ranks) {
    std::vector<Spot> spots(ranks.size());
    const std::size_t last = *std::max_element(ranks.begin(), ranks.end());
    std::int64_t y = margin;
    for (std::size_t rank = 0; rank <= last; ++rank) {
        std::size_t column = 0;
        for (std::size_t i = 0; i < ranks.size(); ++i) {
            if (ranks[i] != rank) continue;
            if (column == most_columns) column = 0, y += box_height + gap_x;
            spots[i] = {margin + static_cast<std::int64_t>(column++) * (box_width + gap_x), y};
        }
        y += box_height + gap_y;
    }
    return spots;
}

}  // namespace

std::string timeline(const std::vector<Bar>& bars, const std::vector<Mark>& marks) {
    return bars.empty() ? std::string() : Timeline(bars, marks).draw();
}

std::string flow(const std::vector<Box>& boxes) {
    if (boxes.empty()) return {};
    const auto spots = place(ranks_of(boxes));
    std::string text =
        "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
        "<path d=\"M0 0 L8 4 L0 8 z\"/></marker></defs>\n";
    std::int64_t width = 0, height = 0;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        width = std::max(width, spots[i].x + box_width + margin), height = std::max(height, spots[i].y + box_height + margin);
        for (const std::size_t before : boxes[i].after)
            if (before < boxes.size())
                text += stroke(spots[before].x + box_width / 2, spots[before].y + box_height, spots[i].x + box_width / 2, spots[i].y,
                               "stroke=\"#111\" marker-end=\"url(#tip)\"");
    }
    for (std::size_t i = 0; i < boxes.size(); ++i)
        text += rectangle(spots[i].x, spots[i].y, box_width, box_height, "fill=\"#fff\" stroke=\"#111\"") +
                words(spots[i].x + box_width / 2, spots[i].y + 19, cut(boxes[i].label, 28), "middle");
    return svg(width, height, text);
}

}  // namespace muster::backends::page
