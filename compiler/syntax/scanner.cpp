#include "compiler/syntax/scanner.h"

#include <array>
#include <unordered_map>

#include "compiler/support/utf8.h"

namespace muster::syntax {
namespace {

using antlr4::Token;
using L = grammar::MusterPlanLexer;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool goes_on_name(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; }

// By text: the fixed words and signs of the grammar.
const std::unordered_map<std::string_view, std::size_t>& fixed() {
    static const std::map<std::string, std::size_t> by_quoted_text = [] {
        antlr4::ANTLRInputStream nothing;
        return L(&nothing).getTokenTypeMap();
    }();
    static const auto found = [] {
        std::unordered_map<std::string_view, std::size_t> types;
        for (const auto& [text, type] : by_quoted_text)
            if (text.size() > 2 && text.front() == '\'') types.emplace(std::string_view(text).substr(1, text.size() - 2), type);
        return types;
    }();
    return found;
}

}  // namespace

Scanner::Scanner(std::string_view text, Characters& characters, std::size_t first_line)
    : text_(text), characters_(characters), lexer_(&characters), line_(first_line) {
    lexer_.removeErrorListeners();
}

// White space, and comments up to the end of their line.
void Scanner::skip_unseen() {
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
        if (text_[at_] == ' ' || text_[at_] == '\t') ++at_;
        else if (text_.substr(at_, 2) == "//") at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
        else break;
    }
    column_ += support::code_points(text_.substr(begin, at_ - begin));
}

// The length of a name, a sign, a line end or plain text in quotes; 0 for what the grammar's own lexer has to read.
std::size_t Scanner::simple_length() const {
    const char first = text_[at_];
    if (is_letter(first)) {
        std::size_t length = 1;
        while (at_ + length < text_.size() && goes_on_name(text_[at_ + length])) ++length;
        return length;
    }
    if (first == '\n') return 1;
    if (first == '"') {
        const std::size_t end = text_.find_first_of("\"\\\r\n", at_ + 1);
        const bool closed = end != std::string_view::npos && text_[end] == '"' && end > at_ + 1;
        return closed ? end - at_ + 1 : 0;
    }
    return std::string_view("{};,:/").find(first) != std::string_view::npos ? 1 : 0;
}

std::size_t Scanner::simple_type(std::size_t length) const {
    if (text_[at_] == '\n') return L::NEWLINE;
    if (text_[at_] == '"') return L::STRING;
    const auto known = fixed().find(text_.substr(at_, length));
    return known == fixed().end() ? std::size_t{L::ID} : known->second;
}

std::unique_ptr<Token> Scanner::simple(std::size_t type, std::size_t length) {
    auto token = std::make_unique<antlr4::CommonToken>(std::pair<antlr4::TokenSource*, antlr4::CharStream*>{this, &characters_}, type,
                                                       Token::DEFAULT_CHANNEL, at_, at_ + length - 1);
    token->setLine(line_);
    token->setCharPositionInLine(column_);
    column_ = type == L::NEWLINE ? 0 : column_ + support::code_points(text_.substr(at_, length));
    line_ += type == L::NEWLINE ? 1 : 0;
    at_ += length;
    return token;
}

std::unique_ptr<Token> Scanner::by_grammar() {
    auto* automaton = lexer_.getInterpreter<antlr4::atn::LexerATNSimulator>();
    characters_.seek(at_);
    automaton->setLine(line_);
    automaton->setCharPositionInLine(column_);
    lexer_.hitEOF = false;
    auto token = lexer_.nextToken();
    at_ = characters_.index();
    line_ = automaton->getLine();
    column_ = automaton->getCharPositionInLine();
    return token;
}

std::unique_ptr<Token> Scanner::nextToken() {
    skip_unseen();
    const std::size_t length = at_ < text_.size() ? simple_length() : 0;
    return length > 0 ? simple(simple_type(length), length) : by_grammar();
}

}  // namespace muster::syntax
