#include "compiler/support/suggest.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace muster::support {
namespace {

constexpr std::size_t longest_name = 100;  // nobody misspells more, and the comparison is quadratic
constexpr std::size_t shortest_name = 5;   // below, one letter makes another name
constexpr std::size_t shortest_word = 4;

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

std::vector<std::string_view> words_of(std::string_view name) {
    std::vector<std::string_view> words;
    for (std::size_t begin = 0, end = 0; end != std::string_view::npos; begin = end + 1) {
        end = name.find_first_of("-_", begin);
        words.push_back(name.substr(begin, end == std::string_view::npos ? end : end - begin));
    }
    return words;
}

std::string digits_of(std::string_view name) {
    std::string digits;
    std::copy_if(name.begin(), name.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

// Whether a short word, as of a numbering, is all that tells the two names apart.
bool differ_in_a_short_word(std::string_view a, std::string_view b) {
    const auto left = words_of(a), right = words_of(b);
    if (left.size() != right.size()) return false;  // a hyphen more or less
    for (std::size_t i = 0; i < left.size(); ++i)
        if (left[i] != right[i] && std::min(left[i].size(), right[i].size()) < shortest_word) return true;
    return false;
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

std::optional<std::string> slip_of(std::string_view written, std::span<const std::string> candidates) {
    constexpr std::size_t near = 2;
    if (written.size() + 1 < shortest_name || written.size() > longest_name) return std::nullopt;
    std::optional<std::string> found;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edits(written, candidate, near);
        if (distance > (candidate.size() < shortest_name ? 1 : near) || candidate == found) continue;
        if (found || distance > 1) return std::nullopt;
        found = candidate;
    }
    if (!found || found->size() < shortest_name || digits_of(*found) != digits_of(written) || differ_in_a_short_word(written, *found))
        return std::nullopt;
    return found;
}

}  // namespace muster::support
