#include "cli/text_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace muster::cli {
namespace {

constexpr std::size_t context = 3;

using Lines = std::vector<std::string_view>;

// With their line ends: a last line without one is another line.
Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1);
        lines.push_back(text.substr(0, end + 1));
        text.remove_prefix(end + 1);
    }
    return lines;
}

struct Range {
    std::size_t begin, end;
    [[nodiscard]] bool empty() const { return begin == end; }
};

struct Match {
    std::size_t before, after;
};

// Which lines of one text are lines of the other: patience diff. Lines that stand once in both are matched first, as many of them as
// keep their order; then what is between them, from both of its ends.
class Matching {
public:
    Matching(const Lines& before, const Lines& after) : before_(before), after_(after) {
        std::vector<std::pair<Range, Range>> open{{{0, before.size()}, {0, after.size()}}};
        while (!open.empty()) {
            auto [old_lines, new_lines] = open.back();
            open.pop_back();
            match_ends(old_lines, new_lines);
            const std::vector<Match> anchors = in_order(unique_in_both(old_lines, new_lines));
            for (const Match& anchor : anchors) {
                open.push_back({{old_lines.begin, anchor.before}, {new_lines.begin, anchor.after}});
                found_.push_back(anchor);
                old_lines.begin = anchor.before + 1;
                new_lines.begin = anchor.after + 1;
            }
            if (!anchors.empty()) open.emplace_back(old_lines, new_lines);
        }
        std::sort(found_.begin(), found_.end(), [](const Match& a, const Match& b) { return a.before < b.before; });
    }

    [[nodiscard]] const std::vector<Match>& found() const { return found_; }

private:
    void match_ends(Range& old_lines, Range& new_lines) {
        while (!old_lines.empty() && !new_lines.empty() && before_[old_lines.begin] == after_[new_lines.begin])
            found_.push_back({old_lines.begin++, new_lines.begin++});
        while (!old_lines.empty() && !new_lines.empty() && before_[old_lines.end - 1] == after_[new_lines.end - 1])
            found_.push_back({--old_lines.end, --new_lines.end});
    }

    // In order of the lines of the old text.
    [[nodiscard]] std::vector<Match> unique_in_both(Range old_lines, Range new_lines) const {
        struct Seen {
            std::size_t in_old = 0, in_new = 0, at_new = 0;
        };
        std::map<std::string_view, Seen> seen;
        for (std::size_t i = old_lines.begin; i < old_lines.end; ++i) ++seen[before_[i]].in_old;
        for (std::size_t i = new_lines.begin; i < new_lines.end; ++i) {
            Seen& line = seen[after_[i]];
            ++line.in_new;
            line.at_new = i;
        }
        std::vector<Match> unique;
        for (std::size_t i = old_lines.begin; i < old_lines.end; ++i)
            if (const Seen& line = seen[before_[i]]; line.in_old == 1 && line.in_new == 1) unique.push_back({i, line.at_new});
        return unique;
    }

    // The longest sequence in which the places in the new text rise, too: patience sorting.
    static std::vector<Match> in_order(const std::vector<Match>& matches) {
        std::vector<std::size_t> tops;  // the last match of the best sequence of each length
        std::vector<std::optional<std::size_t>> previous(matches.size());
        for (std::size_t i = 0; i < matches.size(); ++i) {
            const auto pile = std::lower_bound(tops.begin(), tops.end(), matches[i].after,
                                               [&](std::size_t top, std::size_t line) { return matches[top].after < line; });
            if (pile != tops.begin()) previous[i] = *(pile - 1);
            if (pile == tops.end()) tops.push_back(i);
            else *pile = i;
        }
        std::vector<Match> chosen;
        for (std::optional<std::size_t> i = tops.empty() ? std::nullopt : std::optional(tops.back()); i; i = previous[*i])
            chosen.push_back(matches[*i]);
        std::reverse(chosen.begin(), chosen.end());
        return chosen;
    }

    const Lines& before_;
    const Lines& after_;
    std::vector<Match> found_;
};

// Lines of both texts of which none is the same.
struct Change {
    Range old_lines, new_lines;
};

std::vector<Change> changes_between(const Lines& before, const Lines& after) {
    std::vector<Match> same = Matching(before, after).found();
    same.push_back({before.size(), after.size()});
    std::vector<Change> changes;
    std::size_t old_line = 0, new_line = 0;
    for (const Match& match : same) {
        if (match.before > old_line || match.after > new_line) changes.push_back({{old_line, match.before}, {new_line, match.after}});
        old_line = match.before + 1;
        new_line = match.after + 1;
    }
    return changes;
}

// "begin,length" as diff -u writes it: a range without lines is named by the line before it.
std::string shown(std::size_t begin, std::size_t length) {
    if (length == 1) return std::to_string(begin + 1);
    return fmt::format("{},{}", length == 0 ? begin : begin + 1, length);
}

void add_lines(std::string& out, char mark, const Lines& lines, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
        out += mark;
        out += lines[i];
        if (!lines[i].ends_with('\n')) out += "\n\\ No newline at end of file\n";
    }
}

// The changes from `first` to before `last`, which are near each other.
std::string hunk(const Lines& before, const Lines& after, const Change* first, const Change* last) {
    const std::size_t lead = std::min(first->old_lines.begin, context);
    const std::size_t end = std::min((last - 1)->old_lines.end + context, before.size());
    const std::size_t begin = first->old_lines.begin - lead, new_begin = first->new_lines.begin - lead;
    const std::size_t new_end = (last - 1)->new_lines.end + (end - (last - 1)->old_lines.end);
    std::string out = fmt::format("@@ -{} +{} @@\n", shown(begin, end - begin), shown(new_begin, new_end - new_begin));
    std::size_t at = begin;
    for (const Change* change = first; change != last; ++change) {
        add_lines(out, ' ', before, at, change->old_lines.begin);
        add_lines(out, '-', before, change->old_lines.begin, change->old_lines.end);
        add_lines(out, '+', after, change->new_lines.begin, change->new_lines.end);
        at = change->old_lines.end;
    }
    add_lines(out, ' ', before, at, end);
    return out;
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
    const Lines old_lines = lines_of(before), new_lines = lines_of(after);
    const std::vector<Change> changes = changes_between(old_lines, new_lines);
    if (changes.empty()) return {};
    std::string out = fmt::format("--- {}\n+++ {}\n", name, name);
    const Change* const all_end = changes.data() + changes.size();
    for (const Change* first = changes.data(); first != all_end;) {
        const Change* last = first + 1;
        while (last != all_end && last->old_lines.begin <= (last - 1)->old_lines.end + 2 * context) ++last;
        out += hunk(old_lines, new_lines, first, last);
        first = last;
    }
    return out;
}

}  // namespace muster::cli
