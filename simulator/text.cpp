#include "simulator/text.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/support/utf8.h"

namespace muster::simulator {
namespace {

std::string percent(std::uint64_t hundredths) { return fmt::format("{}.{:02}%", hundredths / 100, hundredths % 100); }

}  // namespace

std::uint64_t hundredths_down(std::uint64_t hits, std::uint64_t of) {
    return static_cast<std::uint64_t>(static_cast<unsigned __int128>(hits) * 10'000 / std::max<std::uint64_t>(1, of));
}

std::string share_down(std::uint64_t hits, std::uint64_t of) { return percent(hundredths_down(hits, of)); }

std::string share_up(std::uint64_t hits, std::uint64_t of) { return percent(10'000 - hundredths_down(of - hits, of)); }

std::string table(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths(rows.front().size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], support::code_points(row[i]));
    std::string text;
    for (const auto& row : rows) {
        text += "  " + row[0] + std::string(widths[0] - support::code_points(row[0]), ' ');
        for (std::size_t i = 1; i < row.size(); ++i) text += std::string(widths[i] - support::code_points(row[i]) + 2, ' ') + row[i];
        text += '\n';
    }
    return text + '\n';
}

std::string rounded_up(Time time) {
    constexpr Time second{1000};
    const Time beyond = time % second;
    if (time == unknown) return "unknown";
    if (time == support::never || time < second || beyond == Time::zero()) return support::format_duration(time);
    return support::format_duration(time - beyond + second);
}

}  // namespace muster::simulator
