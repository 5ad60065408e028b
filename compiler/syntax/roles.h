// What the rules of the grammar are for, read off their names once.
#pragma once

#include <cstddef>

#include "compiler/support/span.h"
#include "grammar/MusterPlanParser.h"

namespace muster::syntax {

using grammar::MusterPlanParser;

/// How a rule of the grammar shows in the ast.
enum class Role {
    clause,  ///< `…Item` and `declaration`: one clause
    body,    ///< `…Body`, `file` and `changes`: a list of clauses
    header,  ///< the head of a declaration: ends where its block begins
    group,   ///< its values stay together
    stray,   ///< what should not be there
    shape,   ///< leaves no trace
};

/// The role of the rule with this index.
[[nodiscard]] Role role_of(std::size_t rule);

/// Whether the body of the rule with this index is all that is parsed, and has no braces.
[[nodiscard]] bool is_whole_text(std::size_t rule);

/// Whether `token` is a word that starts a declaration.
[[nodiscard]] bool starts_declaration(antlr4::Parser& parser, std::size_t token);

/// Where `token` stands.
[[nodiscard]] support::Span span_of(antlr4::Token* token, support::FileId file);

}  // namespace muster::syntax
