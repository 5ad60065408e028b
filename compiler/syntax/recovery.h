// What happens at a fault: one message, then on with the next line.
//
// ANTLR's own strategy looks for the next token that would fit, which in a language of lines loses most of a file. Here a
// fault costs its line (and the block that hangs on it), the head of a declaration never costs its block, and a block that
// nobody closed ends where the next declaration starts a line.
#pragma once

#include "compiler/syntax/complaint.h"
#include "compiler/syntax/roles.h"

namespace muster::syntax {

/// Thrown out of the parser when a file has more faults than anybody would read.
struct TooManyErrors {};

/// The error strategy of one run of the parser.
class LineRecovery final : public antlr4::ANTLRErrorStrategy {
public:
    explicit LineRecovery(Complaints& complaints) : complaints_(complaints) {}

    void reset(antlr4::Parser* parser) override;
    void reportMatch(antlr4::Parser* parser) override;
    bool inErrorRecoveryMode(antlr4::Parser* parser) override;
    void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;
    antlr4::Token* recoverInline(antlr4::Parser* parser) override;
    void recover(antlr4::Parser* parser, std::exception_ptr error) override;
    void sync(antlr4::Parser* parser) override;

private:
    bool block_was_left_open(antlr4::Parser& parser) const;
    void skip_line(antlr4::Parser& parser, bool keep_block) const;
    void skip_block(antlr4::Parser& parser) const;

    Complaints& complaints_;
    bool recovering_ = false;
    std::size_t last_unclosed_at_ = static_cast<std::size_t>(-1);
};

}  // namespace muster::syntax
