// Every shell text of a plan, with what is known of where it is run.
#pragma once

#include <string>
#include <vector>

#include "compiler/analysis/shell_words.h"
#include "compiler/model/plan.h"

namespace muster::analysis {

/// A shell text: the body of a `run`, a command of the team's own, or a probe that is a command.
struct ShellPart {
    enum class Role : std::uint8_t {
        step,    ///< what a step does, or undoes
        backup,  ///< makes a backup
        probe,   ///< looks whether something is so
    };
    const std::string* text = nullptr;  ///< of the plan
    support::Span span;                 ///< of the text as it was written, quotes and all
    std::string kind;                   ///< of the declaration that it stands in: "step", "backup", …
    std::string name;                   ///< and its name
    Role role = Role::step;
    bool attended = false;  ///< a person is there when it runs
    std::optional<support::Id<model::Step>> step;
    ShellText read;

    /// Where the bytes from `begin` to `end` of the text stand in the source. Escapes are counted as they are written.
    [[nodiscard]] support::Span place(std::size_t begin, std::size_t end) const;
    [[nodiscard]] support::Span place(const ShellWord& word) const { return place(word.begin, word.end); }
};

/// All of them, in order of declaration.
[[nodiscard]] std::vector<ShellPart> shell_texts(const model::Plan& plan);

}  // namespace muster::analysis
