// Reads a shell text far enough to tell a command from a mention of it: quotes, comments, here-documents and substitutions. Nothing is run.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace muster::analysis {

/// One word of a command.
struct ShellWord {
    std::string text;       ///< without its quotes; `$x`, `$(…)` and backquotes stand as they are written
    std::size_t begin = 0;  ///< where it is in the text, in bytes, quotes and all
    std::size_t end = 0;
    bool expands = false;  ///< something in it is known only when it is run
};

/// One simple command, as `a`, `b` and `c` in `a | b && $(c)`.
struct ShellCommand {
    std::vector<ShellWord> assignments;  ///< `NAME=value` before the command, or alone
    std::vector<ShellWord> words;        ///< the program and its arguments
    std::vector<ShellWord> writes;       ///< what `>` and `>>` lead to
    std::vector<ShellWord> reads;        ///< what `<` comes from
    std::size_t pipeline = 0;            ///< commands that are joined by `|` have the same number
    bool reads_pipe = false;             ///< it stands behind a `|`

    /// The index of the word by which `program` is called here: the first word, or a later one where the first only starts another
    /// program (`sudo`, `kubectl exec`, `docker run`, `ssh`, `xargs` …). Nothing where it is not called, but perhaps mentioned.
    [[nodiscard]] std::optional<std::size_t> calls(std::string_view program) const;
    /// Whether the first word is `program`.
    [[nodiscard]] bool is(std::string_view program) const { return !words.empty() && words.front().text == program; }
};

/// A shell text, read.
struct ShellText {
    std::vector<ShellCommand> commands;   ///< also those in `$(…)`, in backquotes and in the quoted text that `sh -c` gets
    std::optional<std::size_t> unclosed;  ///< where a quote or a `$(` opens that nothing closes
};

/// Reads `text`. What a shell could not read is read as far as it goes.
[[nodiscard]] ShellText read_shell(std::string_view text);

}  // namespace muster::analysis
