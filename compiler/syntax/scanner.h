// The tokens of a plan, without what stands between them.
//
// The grammar says what a token is, and the lexer that is made from it reads whatever is not simple. But reading names, punctuation
// and white space that way, character by character through an automaton, took most of the time of a large plan: those are told
// apart here, where the grammar leaves no choice. A test holds that both ways give the same tokens.
#pragma once

#include "compiler/syntax/characters.h"

namespace muster::syntax {

/// The tokens of `characters`, but for white space and comments.
class Scanner final : public antlr4::TokenSource {
public:
    /// `text` is what `characters` reads; its first line counts as number `first_line`.
    Scanner(std::string_view text, Characters& characters, std::size_t first_line);

    std::unique_ptr<antlr4::Token> nextToken() override;
    [[nodiscard]] std::size_t getLine() const override { return line_; }
    std::size_t getCharPositionInLine() override { return column_; }
    antlr4::CharStream* getInputStream() override { return &characters_; }
    std::string getSourceName() override { return characters_.getSourceName(); }
    antlr4::TokenFactory<antlr4::CommonToken>* getTokenFactory() override { return lexer_.getTokenFactory(); }

private:
    void skip_unseen();
    [[nodiscard]] std::size_t simple_type(std::size_t length) const;
    [[nodiscard]] std::size_t simple_length() const;
    std::unique_ptr<antlr4::Token> simple(std::size_t type, std::size_t length);
    std::unique_ptr<antlr4::Token> by_grammar();

    std::string_view text_;
    Characters& characters_;
    grammar::MusterPlanLexer lexer_;
    std::size_t at_ = 0;
    std::size_t line_;
    std::size_t column_ = 0;  // in code points
};

}  // namespace muster::syntax
