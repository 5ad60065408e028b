#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compiler/support/utf8.h"
#include "simulator/comparison.h"
#include "simulator/text.h"

namespace muster::simulator {
namespace {

std::string points(const Shift& shift) {
    if (!shift.objective_before && !shift.objective_after) return "-";
    const Mean met = shift.met();
    return fmt::format("{:+.2f} ({:+.2f}..{:+.2f})", 100 * met.value, 100 * met.low, 100 * met.high);
}

std::string signed_length(double milliseconds) {
    const auto seconds = std::chrono::seconds{std::llround(milliseconds / 1000)};
    return (seconds.count() < 0 ? "-" : "+") + support::format_duration(Time{std::chrono::abs(seconds)});
}

std::string longer(const Shift& shift) {
    const auto time = shift.time();
    if (!time) return "-";
    return fmt::format("{} ({}..{})", signed_length(time->value), signed_length(time->low), signed_length(time->high));
}

}  // namespace

std::string render_shifts(const std::vector<Shift>& shifts, const std::vector<std::string>& changes) {
    std::string text = "what if\n";
    for (const std::string& change : changes) text += "  " + support::printable(change) + "\n";
    std::vector<std::vector<std::string>> rows{{"scenario", "of", "p95 before", "p95 after", "mean moves by", "P(met) moves by points"}};
    for (const Shift& shift : shifts)
        if (shift.moved())
            rows.push_back({shift.scenario, shift.name, rounded_up(shift.before.percentile(95)), rounded_up(shift.after.percentile(95)),
                            longer(shift), points(shift)});
    return text + "\n" + (rows.size() == 1 ? "  no trial is any different\n" : table(rows));
}

}  // namespace muster::simulator
