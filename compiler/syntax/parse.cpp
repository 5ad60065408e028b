#include "compiler/syntax/parse.h"

#include "compiler/syntax/recovery.h"
#include "compiler/syntax/tree.h"
#include "grammar/MusterPlanLexer.h"

namespace muster::syntax {
namespace {

// The brace that goes deeper than any plan does. The parser would answer deep nesting with deep recursion.
antlr4::Token* too_deep(antlr4::CommonTokenStream& tokens) {
    std::int64_t depth = 0;
    for (antlr4::Token* token : tokens.getTokens()) {
        if (token->getText() == "{" && ++depth > deepest_nesting) return token;
        if (token->getText() == "}" && depth > 0) --depth;
    }
    return nullptr;
}

}  // namespace

ast::File parse(const support::Source& source, support::FileId file, diagnostics::Sink& sink) {
    antlr4::ANTLRInputStream input(source.text());
    grammar::MusterPlanLexer lexer(&input);
    lexer.removeErrorListeners();
    antlr4::CommonTokenStream tokens(&lexer);
    tokens.fill();
    if (antlr4::Token* brace = too_deep(tokens)) {
        sink.report(diagnostics::messages::nested_too_deeply, span_of(brace, file), diagnostics::Count{deepest_nesting});
        return {};
    }
    MusterPlanParser parser(&tokens);
    parser.removeErrorListeners();
    Complaints complaints(file, sink);
    parser.setErrorHandler(std::make_shared<LineRecovery>(complaints));
    try {
        return build(*parser.file(), file, complaints);
    } catch (const TooManyErrors&) {
        return {};
    }
}

}  // namespace muster::syntax
