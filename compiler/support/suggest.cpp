#include "compiler/support/suggest.h"

#include <algorithm>
#include <vector>

namespace muster::support {
namespace {

constexpr std::size_t longest_name = 100;  // nobody misspells more, and the comparison is quadratic

// Optimal string alignment; stops counting past `limit`.
std::size_t edits(std::string_view a, std::string_view b, std::size_t limit) {
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

}  // namespace

std::optional<std::string> closest(std::string_view written, std::span<const std::string> candidates) {
    if (written.size() < 2 || written.size() > longest_name) return std::nullopt;
    const std::size_t limit = std::max<std::size_t>(1, written.size() / 3);
    std::size_t best = limit + 1;
    std::optional<std::string> found;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edits(written, candidate, limit);
        if (distance >= best) continue;
        best = distance;
        found = candidate;
    }
    return found;
}

}  // namespace muster::support
