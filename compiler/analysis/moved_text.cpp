#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/moved.h"
#include "compiler/analysis/text_table.h"
#include "compiler/support/utf8.h"

namespace muster::analysis {
namespace {

std::string shown(const std::optional<Achieved>& achieved, bool service) {
    if (!achieved) return "-";
    const auto verdict = verdict_name(achieved->verdict);
    if (achieved->verdict == Verdict::lost || achieved->verdict == Verdict::never) return std::string(verdict);
    if (!achieved->time) return "unknown";
    const std::string time = *achieved->time == support::never
                                 ? std::string("never")
                                 : fmt::format("{} {}", service ? "RTA" : "RPA", support::format_duration(*achieved->time));
    return achieved->verdict == Verdict::unset ? time : fmt::format("{}, {}", time, verdict);
}

std::string news(const Moved& one) { return one.newly_met() ? "newly met" : one.newly_missed() ? "newly missed" : ""; }

std::string objectives(std::ptrdiff_t number) { return fmt::format("{} objective{}", number, number == 1 ? "" : "s"); }

}  // namespace

std::string render_moved(const std::vector<Moved>& moved, const std::vector<std::string>& changes) {
    std::string out = "what if\n";
    for (const std::string& change : changes) out += fmt::format("  {}\n", support::printable(change));
    if (moved.empty()) return out + "\nno RTA and no RPA moves\n";
    std::vector<Row> rows{{{"scenario"}, {""}, {"before"}, {"after"}, {""}}};
    for (const Moved& one : moved)
        rows.push_back({{one.scenario}, {one.name}, {shown(one.before, one.service)}, {shown(one.after, one.service)}, {news(one)}});
    const auto newly_met = std::count_if(moved.begin(), moved.end(), [](const Moved& one) { return one.newly_met(); });
    const auto newly_missed = std::count_if(moved.begin(), moved.end(), [](const Moved& one) { return one.newly_missed(); });
    return out + "\n" + text_table(std::move(rows)) +
           fmt::format("\n{} newly met, {} newly missed\n", objectives(newly_met), objectives(newly_missed));
}

}  // namespace muster::analysis
