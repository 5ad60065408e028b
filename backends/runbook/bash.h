// Text in bash: data stays data, and a shell text of the plan stays inside its step.
#pragma once

#include <string>
#include <string_view>

namespace muster::backends::runbook {

/// `text` as one word of bash that stands for exactly its bytes: in single quotes, or in `$'…'` with escapes where it holds
/// what an editor, a terminal or a linter would trip over. NUL bytes, which bash cannot hold, are left out.
[[nodiscard]] std::string bash_quote(std::string_view text);

/// The line of a function body that runs a shell text of the plan: a quoted here-document whose end no line of the text is,
/// so that the text can neither be expanded nor end the function. Indented by two spaces, with its line end.
[[nodiscard]] std::string run_text(std::string_view text);

/// `text` made fit for the name of an environment variable after a prefix: letters in upper case, digits, and `_` for the rest.
[[nodiscard]] std::string variable_part(std::string_view text);

}  // namespace muster::backends::runbook
