// The difference for a terminal.

#include <fmt/format.h>

#include "compiler/diff/wording.h"

namespace muster::diff {
namespace {

std::string quote(std::string_view text) { return fmt::format("`{}`", text); }
std::string plain(std::string_view text) { return std::string(text); }

class Text {
public:
    Text(const Difference& difference, bool coloured) : difference_(difference), coloured_(coloured) {}

    std::string render() {
        if (difference_.empty()) return "no difference\n";
        objectives();
        outcomes();
        declarations();
        findings();
        return out_ + summary_of(difference_) + "\n";
    }

private:
    void heading(std::string_view text) { out_ += fmt::format("{}\n", painted(text, "1")); }
    void line(int depth, std::string_view text) {
        out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + std::string(text) + "\n";
    }

    std::string painted(std::string_view text, std::string_view colour) const {
        return coloured_ && !colour.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", colour, text) : std::string(text);
    }

    // Red for what is worse, green for what is better.
    static std::string_view colour_of(std::string_view word) {
        if (word == "loosened" || word == "newly missed" || word == "no longer judged") return "31";
        return word == "tightened" || word == "newly met" ? "32" : "";
    }

    void row(int depth, std::string_view word, std::size_t width, const std::string& text) {
        line(depth, painted(fmt::format("{:<{}}", word, width), colour_of(word)) + "  " + text);
    }

    void objectives() {
        if (difference_.objectives.empty()) return;
        heading("objectives");
        for (const Objective& one : difference_.objectives) row(1, sense_name(one.sense), 9, words_of(one, quote));
        out_ += "\n";
    }

    void outcomes() {
        const std::string* scenario = nullptr;
        for (const Outcome& one : difference_.outcomes) {
            if (scenario == nullptr || *scenario != one.scenario) {
                if (scenario != nullptr) out_ += "\n";
                heading("scenario " + quote(one.scenario));
            }
            scenario = &one.scenario;
            row(1, turn_name(one.turn).empty() ? "moved" : turn_name(one.turn), 16, words_of(one, quote));
            for (const std::string& reason : reasons_of(one, quote, plain)) line(10, reason);
        }
        if (scenario != nullptr) out_ += "\n";
    }

    void declarations() {
        if (difference_.declarations.empty()) return;
        heading("declarations");
        for (const Declaration& one : difference_.declarations) {
            row(1, how_name(one.how), 7, words_of(one, quote));
            for (const Field& field : one.fields) line(6, words_of(field, quote));
        }
        out_ += "\n";
    }

    void findings() {
        if (difference_.new_findings.empty() && difference_.gone_findings.empty()) return;
        heading("findings");
        for (const auto& one : difference_.new_findings) row(1, "new", 4, words_of(one, quote, plain));
        for (const auto& one : difference_.gone_findings) row(1, "gone", 4, words_of(one, quote, plain));
        out_ += "\n";
    }

    const Difference& difference_;
    bool coloured_;
    std::string out_;
};

}  // namespace

std::string render_text(const Difference& difference, bool coloured) { return Text(difference, coloured).render(); }

}  // namespace muster::diff
