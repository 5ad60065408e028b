// The difference for a comment on a change.

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diff/wording.h"

namespace muster::diff {
namespace {

// A code span, which nothing in `text` can end: its fence is longer than any run of backticks within.
std::string span(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
    std::size_t longest = 0, run = 0;
    for (const char c : line) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
    const std::string fence(longest + 1, '`');
    const bool padded = line.empty() || line.front() == '`' || line.back() == '`';
    return fmt::format("{0}{1}{2}{1}{0}", fence, padded ? " " : "", line);
}

class Markdown {
public:
    explicit Markdown(const Difference& difference) : difference_(difference) {}

    std::string render() {
        out_ = "## What this change does to the disaster-recovery plan\n\n";
        if (difference_.empty()) return out_ + "No difference.\n";
        out_ += summary_of(difference_) + ".\n";
        turned(Turn::missed, "Newly missed");
        turned(Turn::unjudged, "No longer judged");
        turned(Turn::met, "Newly met");
        objectives();
        turned(Turn::none, "Moved");
        declarations();
        findings("New findings", difference_.new_findings);
        findings("Findings that are gone", difference_.gone_findings);
        return out_;
    }

private:
    void heading(std::string_view text) { out_ += fmt::format("\n### {}\n\n", text); }

    void turned(Turn turn, std::string_view title) {
        if (difference_.count(turn) == 0) return;
        heading(title);
        for (const Outcome& one : difference_.outcomes) {
            if (one.turn != turn) continue;
            out_ += fmt::format("- in {}, {}\n", span(one.scenario), words_of(one, span));
            for (const std::string& reason : reasons_of(one, span, span)) out_ += fmt::format("  - {}\n", reason);
        }
    }

    void objectives() {
        if (difference_.objectives.empty()) return;
        heading("Objectives");
        for (const Objective& one : difference_.objectives) out_ += fmt::format("- {}: {}\n", sense_name(one.sense), words_of(one, span));
    }

    void declarations() {
        if (difference_.declarations.empty()) return;
        heading("Declarations");
        for (const Declaration& one : difference_.declarations) {
            out_ += fmt::format("- {}: {}\n", how_name(one.how), words_of(one, span));
            for (const Field& field : one.fields) out_ += fmt::format("  - {}\n", words_of(field, span));
        }
    }

    void findings(std::string_view title, const std::vector<diagnostics::Diagnostic>& findings) {
        if (findings.empty()) return;
        heading(title);
        for (const auto& one : findings) out_ += fmt::format("- {}\n", words_of(one, span, span));
    }

    const Difference& difference_;
    std::string out_;
};

}  // namespace

std::string render_markdown(const Difference& difference) { return Markdown(difference).render(); }

}  // namespace muster::diff
