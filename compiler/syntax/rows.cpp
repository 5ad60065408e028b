#include "compiler/syntax/rows.h"

#include <optional>

#include "grammar/MusterPlanLexer.h"

namespace muster::syntax {
namespace {

using antlr4::Token;
using L = grammar::MusterPlanLexer;

// Gathers the rows of one block, token by token.
class Gatherer {
public:
    void word(Piece piece) {
        if (!in_phrase_) row_.phrases.emplace_back();
        in_phrase_ = true;
        if (is_text_block(piece.text)) made_.one_line = false;
        for (const Block& block : piece.block) made_.one_line = made_.one_line && block.one_line;
        row_.phrases.back().pieces.push_back(std::move(piece));
    }

    void end_phrase() { in_phrase_ = false; }

    void comment(const Token& token) {
        row_.comment = token.getText();
        row_.comment.erase(row_.comment.find_last_not_of(" \t") + 1);
        column_ = token.getCharPositionInLine();
    }

    void end_line() {
        made_.one_line = false;
        end_phrase();
        if (row_.phrases.empty() && row_.comment.empty()) ++line_ends_;
        else keep_row();
    }

    // What is on the line of the opening brace belongs to it where it is a comment alone.
    void end_first_line(bool at_top) {
        if (!at_top && row_.phrases.empty() && !row_.comment.empty()) {
            made_.comment = std::move(row_.comment);
            comment_before_ = column_;
            row_ = {};
            made_.one_line = false;
            line_ends_ = 1;
        } else {
            end_line();
        }
    }

    Block finish() {
        if (!row_.phrases.empty() || !row_.comment.empty()) keep_row();
        return std::move(made_);
    }

private:
    void keep_row() {
        const bool has_comment = !row_.comment.empty();
        row_.gap = line_ends_ > 1 && !(made_.rows.empty() && made_.comment.empty());
        row_.continues = row_.phrases.empty() && !row_.gap && comment_before_ == column_;
        comment_before_.reset();
        if (has_comment && (row_.continues || !row_.phrases.empty())) comment_before_ = column_;
        made_.rows.push_back(std::move(row_));
        row_ = {};
        line_ends_ = 1;
    }

    Block made_;
    Row row_;
    bool in_phrase_ = false;
    std::size_t column_ = 0;                     // of the comment of this row
    std::optional<std::size_t> comment_before_;  // where the comment behind the clauses of the line before stands
    int line_ends_ = 0;                          // since the last row
};

class Reader {
public:
    explicit Reader(const std::vector<Token*>& tokens) : tokens_(tokens) {}

    Block block(bool at_top) {
        Gatherer rows;
        bool on_first_line = true;
        for (; next_ < tokens_.size(); ++next_) {
            Token& token = *tokens_[next_];
            const std::string text = token.getText();
            if (token.getType() == Token::EOF || text == "}") break;
            if (token.getType() == L::SPACE) continue;
            if (token.getType() == L::NEWLINE) {
                if (on_first_line) rows.end_first_line(at_top);
                else rows.end_line();
                on_first_line = false;
            } else if (token.getType() == L::COMMENT) {
                rows.comment(token);
            } else if (text == ";") {
                rows.end_phrase();
            } else if (text == "{") {
                ++next_;
                rows.word({"", {block(false)}});
            } else {
                rows.word({text, {}});
            }
        }
        return rows.finish();
    }

private:
    const std::vector<Token*>& tokens_;
    std::size_t next_ = 0;
};

}  // namespace

bool is_text_block(std::string_view text) { return text.starts_with("\"\"\""); }

Block read_rows(const support::Source& source) {
    antlr4::ANTLRInputStream input(source.text());
    L lexer(&input);
    lexer.removeErrorListeners();
    antlr4::CommonTokenStream tokens(&lexer);
    tokens.fill();
    return Reader(tokens.getTokens()).block(true);
}

}  // namespace muster::syntax
