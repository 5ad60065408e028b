#include "simulator/plot_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "compiler/support/utf8.h"
#include "simulator/scale.h"
#include "simulator/text.h"

namespace muster::simulator {
namespace {

constexpr int most_rows = 16;
constexpr std::uint64_t widest = 40;

struct Row {
    std::string label;
    std::uint64_t times;
    std::uint64_t by_then;
    std::string remark;
};

// Eighths of a character, so that small shares are seen.
std::string bar(std::uint64_t times, std::uint64_t most) {
    constexpr std::string_view eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const auto parts = static_cast<std::uint64_t>(static_cast<unsigned __int128>(times) * widest * 8 / std::max<std::uint64_t>(1, most));
    std::string text;
    for (std::uint64_t i = 0; i < parts / 8; ++i) text += "█";
    text += eighths[parts % 8];
    return times > 0 && parts == 0 ? "▏" : text;
}

// The last time that is worth a row: that which 99 % of what happens do not exceed.
Time last_of(const Histogram& times) {
    for (const unsigned percent : {99U, 95U, 90U, 50U})
        if (times.percentile(percent) < unknown) return times.percentile(percent);
    return *times.least();
}

std::vector<Row> rows_of(const Histogram& times, const std::optional<Time>& objective, const std::string& name) {
    std::vector<Row> rows;
    const Time last = last_of(times), step = step_of(last - *times.least(), most_rows - 1);
    bool passed = false;
    std::uint64_t before = 0;
    for (Time at = (*times.least() + step - Time{1}) / step * step;; at += step) {
        const std::uint64_t by_then = times.up_to(at);
        const bool passes = objective && !passed && at >= *objective;
        passed |= passes;
        rows.push_back(
            {support::format_duration(at), by_then - before, by_then, passes ? fmt::format("{} {}", name, rounded_up(*objective)) : ""});
        before = by_then;
        if (at >= last) break;
    }
    const std::uint64_t happened = times.count() - times.never() - times.unknowns();
    if (happened > before) rows.push_back({"later", happened - before, happened, ""});
    return rows;
}

}  // namespace

std::string plot(const std::string& what, const Histogram& times, const std::optional<Time>& objective, const std::string& objective_name) {
    std::vector<Row> rows;
    if (times.least()) rows = rows_of(times, objective, objective_name);
    const std::uint64_t happened = times.count() - times.never() - times.unknowns();
    if (times.unknowns() > 0) rows.push_back({"unknown", times.unknowns(), happened, ""});
    if (times.never() > 0) rows.push_back({"never", times.never(), happened, ""});
    std::size_t width = 0;
    std::uint64_t most = 0;
    for (const Row& row : rows) {
        width = std::max(width, row.label.size());
        most = std::max(most, row.times);
    }
    std::string text = "  " + what + "\n";
    for (const Row& row : rows) {
        const std::string drawn = bar(row.times, most);
        text += fmt::format("    {:>{}}  {}{}  {:>7}{}{}\n", row.label, width, drawn,
                            std::string(widest + 1 - support::code_points(drawn), ' '), share_down(row.by_then, times.count()),
                            row.remark.empty() ? "" : "  ", row.remark);
    }
    return text + "\n";
}

}  // namespace muster::simulator
