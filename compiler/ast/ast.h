// What was written, before anybody asks what it means: plain values that outlive the parser.
//
// A plan file is a list of clauses, and a clause is a list of values with, perhaps, a block of further clauses:
//
//     step promote "Promote the standby" { by dba; takes 30s..2m }
//
// is a clause of the values `step` (keyword), `promote` (name) and a text, whose block holds two clauses:
// `by` `dba`, and `takes` and a group of two durations. The grammar has checked the shape; sema reads the meaning.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/support/span.h"

namespace muster::ast {

enum class Kind : std::uint8_t {
    keyword,  ///< a fixed word of the grammar, or `..`
    name,     ///< a bare word of the author's
    text,     ///< quoted or a block; `text` is what it means, escapes and indentation resolved
    number,
    percent,
    duration,
    size,
    rate,
    date,
    datetime,
    time,
    group,  ///< several values that belong together; `text` is the name of the grammar rule
};

/// One value of a clause. Literals keep the text as written; sema reads units.
struct Value {
    Kind kind = Kind::keyword;
    std::string text;
    support::Span span;
    std::vector<Value> items;  ///< of a group
};

/// One clause or declaration; never without a value.
struct Clause {
    std::vector<Value> values;
    support::Span span;  ///< from its first word to the end of its line or block
    bool has_body = false;
    std::vector<Clause> body;

    /// The word that it starts with.
    [[nodiscard]] const std::string& keyword() const { return values.front().text; }
};

/// One file of a plan.
struct File {
    std::vector<Clause> declarations;
    /// Names of declarations that could not be read: using them is not a further fault.
    std::vector<std::string> unreadable;
};

}  // namespace muster::ast
