// A fault of syntax, said in the author's words.
#pragma once

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/roles.h"

namespace muster::syntax {

/// Writes the messages about one file. Throws TooManyErrors past `most_errors`.
class Complaints {
public:
    Complaints(support::FileId file, diagnostics::Sink& sink) : file_(file), sink_(sink) {}

    /// The token that `parser` stands at does not fit.
    void unexpected(antlr4::Parser& parser);

    /// The block that `brace` opens is never closed.
    void unclosed(antlr4::Token* brace);

    /// `rule` is what stands between a header and its block.
    void stray(antlr4::ParserRuleContext& rule);

private:
    void broken_token(antlr4::Token* token);
    void in_list(antlr4::Parser& parser, antlr4::Token* token);
    void in_clause(antlr4::Parser& parser, antlr4::Token* token);
    void count();

    support::FileId file_;
    diagnostics::Sink& sink_;
    std::int64_t reported_ = 0;
    bool swallowed_ = false;  // a text block took the rest of the file
};

}  // namespace muster::syntax
