#include "compiler/syntax/layout.h"

#include <algorithm>

#include "compiler/support/utf8.h"
#include "compiler/syntax/literal.h"

namespace muster::syntax {
namespace {

using support::code_points;

// One line of the result. The comment's column is known when its neighbours are.
struct Line {
    std::string code;
    std::string comment;
};

std::string indentation(std::size_t depth) { return std::string(2 * depth, ' '); }

bool is_tight(const std::string& text) { return text == "/" || text == ".."; }

bool has_space_between(const Piece& before, const Piece& after) {
    return after.text != "," && !is_tight(after.text) && !is_tight(before.text);
}

std::string flat(const Block& block);

// The clause on one line.
std::string flat(const Phrase& phrase) {
    std::string out;
    for (std::size_t i = 0; i < phrase.pieces.size(); ++i) {
        const Piece& piece = phrase.pieces[i];
        if (i > 0 && has_space_between(phrase.pieces[i - 1], piece)) out += ' ';
        out += piece.block.empty() ? piece.text : flat(piece.block.front());
    }
    return out;
}

std::string flat(const Row& row) {
    std::string out;
    for (const Phrase& phrase : row.phrases) out += (out.empty() ? "" : "; ") + flat(phrase);
    return out;
}

std::string flat(const Block& block) { return block.rows.empty() ? "{}" : "{ " + flat(block.rows.front()) + " }"; }

bool is_empty(const Block& block) { return block.rows.empty() && block.comment.empty(); }

bool is_one_line(const Phrase& phrase) {
    return std::all_of(phrase.pieces.begin(), phrase.pieces.end(), [](const Piece& piece) {
        return !is_text_block(piece.text) && (piece.block.empty() || piece.block.front().one_line || is_empty(piece.block.front()));
    });
}

bool can_be_broken(const Phrase& phrase) {
    return std::any_of(phrase.pieces.begin(), phrase.pieces.end(),
                       [](const Piece& piece) { return !piece.block.empty() && !is_empty(piece.block.front()); });
}

bool fits(const std::string& code, std::size_t depth) { return 2 * depth + code_points(code) <= widest_line; }

class Layout {
public:
    std::string of(const Block& file) {
        rows(file, 0);
        return text();
    }

private:
    void rows(const Block& block, std::size_t depth) {
        for (const Row& row : block.rows) {
            if (row.gap) lines_.emplace_back();
            if (row.phrases.empty()) comment(row, depth);
            else clauses(row, depth);
        }
    }

    void comment(const Row& row, std::size_t depth) {
        if (row.continues) lines_.push_back({"", row.comment});
        else lines_.push_back({indentation(depth) + row.comment, ""});
    }

    void clauses(const Row& row, std::size_t depth) {
        const std::string whole = flat(row);
        if (row.phrases.size() > 1 && std::all_of(row.phrases.begin(), row.phrases.end(), is_one_line) && fits(whole, depth))
            lines_.push_back({indentation(depth) + whole, ""});
        else
            for (const Phrase& phrase : row.phrases) clause(phrase, depth);
        lines_.back().comment = row.comment;
    }

    void clause(const Phrase& phrase, std::size_t depth) {
        if (is_one_line(phrase)) {
            const std::string whole = flat(phrase);
            if (!can_be_broken(phrase) || fits(whole, depth)) {
                lines_.push_back({indentation(depth) + whole, ""});
                return;
            }
        }
        std::string code = indentation(depth);
        for (std::size_t i = 0; i < phrase.pieces.size(); ++i) {
            const Piece& piece = phrase.pieces[i];
            if (i > 0 && has_space_between(phrase.pieces[i - 1], piece)) code += ' ';
            if (is_text_block(piece.text)) code = text_block(code, piece.text, depth + 1);
            else if (piece.block.empty()) code += piece.text;
            else code = block(code, piece.block.front(), depth);
        }
        lines_.push_back({code, ""});
    }

    // Both return the beginning of the line that goes on behind the end.
    std::string block(const std::string& before, const Block& block, std::size_t depth) {
        if (is_empty(block)) return before + "{}";
        lines_.push_back({before + "{", block.comment});
        if (!block.one_line) rows(block, depth + 1);
        else
            for (const Phrase& phrase : block.rows.front().phrases) clause(phrase, depth + 1);
        return indentation(depth) + "}";
    }

    std::string text_block(const std::string& before, const std::string& written, std::size_t depth) {
        lines_.push_back({before + "\"\"\"", ""});
        const std::string value = text_value(written);
        for (std::size_t begin = 0, end = 0; !value.empty() && end != std::string::npos; begin = end + 1) {
            end = value.find('\n', begin);
            std::string line = value.substr(begin, end == std::string::npos ? end : end - begin);
            if (line.ends_with('\r')) line += '\r';  // one belongs to the line end when it is read again
            lines_.push_back({line.empty() ? "" : indentation(depth) + line, ""});
        }
        return indentation(depth) + "\"\"\"";
    }

    // Comments of consecutive lines stand below each other.
    std::string text() {
        std::string out;
        for (std::size_t i = 0; i < lines_.size();) {
            std::size_t end = i, column = 0;
            for (; end < lines_.size() && !lines_[end].comment.empty(); ++end) column = std::max(column, code_points(lines_[end].code) + 2);
            for (; i < end; ++i) out += lines_[i].code + std::string(column - code_points(lines_[i].code), ' ') + lines_[i].comment + "\n";
            if (i < lines_.size()) out += lines_[i++].code + "\n";
        }
        return out;
    }

    std::vector<Line> lines_;
};

}  // namespace

std::string lay_out(const Block& file) { return Layout().of(file); }

}  // namespace muster::syntax
