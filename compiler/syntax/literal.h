// What a token means as a value.
#pragma once

#include <string>
#include <string_view>

#include "compiler/ast/ast.h"

namespace muster::syntax {

/// The kind of value that a token of this type is.
[[nodiscard]] ast::Kind literal_kind(std::size_t token_type);

/// What a quoted text or a text block says: quotes off, escapes resolved; of a block the indentation of its closing line off
/// every line, and the last line end off.
[[nodiscard]] std::string text_value(std::string_view written);

}  // namespace muster::syntax
