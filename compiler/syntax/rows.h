// The lines of a plan as they were written: what the canonical layout is made from.
//
// Only braces, line ends, `;` and comments are told apart here. No keyword is known, so that a new clause needs no new layout.
#pragma once

#include <string>
#include <vector>

#include "compiler/support/source.h"

namespace muster::syntax {

struct Block;

/// One token of a clause, or the block that stands in its place.
struct Piece {
    std::string text;          ///< as written
    std::vector<Block> block;  ///< one, or none
};

/// One clause or declaration.
struct Phrase {
    std::vector<Piece> pieces;
};

/// What stood on one line: clauses with `;` between them, and a comment at its end. A row of a comment alone has no phrases.
struct Row {
    std::vector<Phrase> phrases;
    std::string comment;     ///< from its `//`, without the white space at its end
    bool gap = false;        ///< a line without anything stood before it
    bool continues = false;  ///< its comment stands under that of the line before and goes on with it
};

/// What stands between two braces, or in a whole file.
struct Block {
    std::vector<Row> rows;
    std::string comment;   ///< behind the opening brace
    bool one_line = true;  ///< it has no line end in it, not even in a text block
};

/// Whether `text` is a text block.
[[nodiscard]] bool is_text_block(std::string_view text);

/// The rows of `source`, which has no errors of syntax.
[[nodiscard]] Block read_rows(const support::Source& source);

}  // namespace muster::syntax
