#include "compiler/syntax/recovery.h"

namespace muster::syntax {
namespace {

using antlr4::Parser;
using antlr4::Token;
using P = MusterPlanParser;

std::size_t token_type(const char* literal) {
    static const auto types = [] {
        antlr4::CommonTokenStream no_tokens(nullptr);
        return MusterPlanParser(&no_tokens).getTokenTypeMap();
    }();
    return types.at(std::string("'") + literal + "'");
}

bool is(const Parser& parser, const char* literal) { return const_cast<Parser&>(parser).getTokenStream()->LA(1) == token_type(literal); }

bool first_on_its_line(Parser& parser) {
    Token* before = parser.getTokenStream()->LT(-1);
    return before == nullptr || before->getType() == P::NEWLINE;
}

// `contact "alice"` in the block of a role is a clause that does not fit: a declaration has a name.
bool starts_next_declaration(Parser& parser) {
    antlr4::TokenStream& tokens = *parser.getTokenStream();
    return first_on_its_line(parser) && starts_declaration(parser, tokens.LA(1)) && (tokens.LA(2) != P::STRING || is(parser, "include"));
}

// A step never stands in a step: the one before was not closed.
bool starts_next_step(Parser& parser) {
    return parser.getContext()->getRuleIndex() == P::RuleStepBody && is(parser, "step") && first_on_its_line(parser);
}

bool at_end(Parser& parser) { return parser.getTokenStream()->LA(1) == Token::EOF; }

bool at_line_end(Parser& parser) { return parser.getTokenStream()->LA(1) == P::NEWLINE || is(parser, ";"); }

// Whether the rule that failed is a header or stands in one.
bool in_header(const Parser& parser) {
    for (antlr4::RuleContext* context = const_cast<Parser&>(parser).getContext(); context != nullptr;
         context = dynamic_cast<antlr4::RuleContext*>(context->parent)) {
        const Role role = role_of(context->getRuleIndex());
        if (role == Role::header) return true;
        if (role == Role::clause || role == Role::body) return false;
    }
    return false;
}

}  // namespace

void LineRecovery::reset(Parser*) { recovering_ = false; }
void LineRecovery::reportMatch(Parser*) { recovering_ = false; }
bool LineRecovery::inErrorRecoveryMode(Parser*) { return recovering_; }

void LineRecovery::reportError(Parser* parser, const antlr4::RecognitionException&) {
    if (recovering_) return;
    recovering_ = true;
    complaints_.unexpected(*parser);
}

bool LineRecovery::block_was_left_open(Parser& parser) const {
    return at_end(parser) || starts_next_declaration(parser) || starts_next_step(parser);
}

Token* LineRecovery::recoverInline(Parser* parser) {
    antlr4::ParserRuleContext* context = parser->getContext();
    if (role_of(context->getRuleIndex()) != Role::body || is_whole_text(context->getRuleIndex()) || !block_was_left_open(*parser))
        throw antlr4::InputMismatchException(parser);
    // Blocks around it that also end here are the same oversight.
    const std::size_t here = parser->getTokenStream()->index();
    if (here != last_unclosed_at_) complaints_.unclosed(context->getStart());
    last_unclosed_at_ = here;
    Token* closed_at = parser->getCurrentToken();
    // The line end before the next declaration belongs to the list that the declaration stands in.
    if (Token* before = parser->getTokenStream()->LT(-1); before != nullptr && before->getType() == P::NEWLINE)
        parser->getTokenStream()->seek(before->getTokenIndex());
    return closed_at;
}

void LineRecovery::recover(Parser* parser, std::exception_ptr) { skip_line(*parser, in_header(*parser)); }

void LineRecovery::sync(Parser* parser) {
    const antlr4::atn::ATN& atn = parser->getATN();
    const auto& expected = atn.nextTokens(atn.states[parser->getState()]);
    if (expected.contains(Token::EPSILON) || expected.contains(parser->getTokenStream()->LA(1))) return;

    const std::size_t rule = parser->getContext()->getRuleIndex();
    if (role_of(rule) != Role::body) {
        if (recovering_) return;
        throw antlr4::InputMismatchException(parser);
    }
    if (!is_whole_text(rule) && block_was_left_open(*parser)) return;  // recoverInline closes it
    if (!recovering_) complaints_.unexpected(*parser);
    recovering_ = true;
    if (is(*parser, "}")) parser->consume();
    skip_line(*parser, false);
}

void LineRecovery::skip_line(Parser& parser, bool keep_block) const {
    while (!at_end(parser) && !at_line_end(parser) && !is(parser, "}")) {
        if (!is(parser, "{")) parser.consume();
        else if (keep_block) return;
        else skip_block(parser);
    }
}

void LineRecovery::skip_block(Parser& parser) const {
    int depth = 0;
    do {
        if (is(parser, "{")) ++depth;
        if (is(parser, "}")) --depth;
        parser.consume();
    } while (depth > 0 && !at_end(parser) && !starts_next_declaration(parser));
}

}  // namespace muster::syntax
