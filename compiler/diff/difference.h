// What a change of a plan does: not to its text, but to what it says, to what it achieves, and to what is found wrong with it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/analysis/estimate.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/plan.h"

namespace muster::diff {

using analysis::Verdict;
using support::Time;

/// A plan, and what is known about it.
struct Side {
    const model::Plan& plan;
    const std::vector<analysis::Estimate>& estimates;  ///< of all scenarios, in order of declaration
    const std::vector<diagnostics::Diagnostic>& findings;
};

/// Which way an objective went: a plan that demands less is looser.
enum class Sense : std::uint8_t { neutral, loosened, tightened };

/// "", "loosened" or "tightened".
[[nodiscard]] std::string_view sense_name(Sense sense);

/// One thing that a declaration says otherwise, as people would write it. What is empty was not said, or is no longer.
struct Field {
    std::string what;  ///< `takes`, `rto under corruption`
    std::string before;
    std::string after;
    Sense sense = Sense::neutral;
};

/// One declaration that is not as it was.
struct Declaration {
    enum class How : std::uint8_t { gone, fresh, renamed, changed };
    How how = How::changed;
    std::string kind;           ///< service, step, backup, …
    std::string name;           ///< qualified where names repeat; of a new one its new name, otherwise the old one
    std::string new_name;       ///< where it is renamed
    std::vector<Field> fields;  ///< where it is changed
};

/// "gone", "new", "renamed" or "changed".
[[nodiscard]] std::string_view how_name(Declaration::How how);

/// An objective as it holds, by whatever inheritance.
struct Objective {
    std::string name;  ///< RTO, RPO
    std::string kind;  ///< service or data
    std::string subject;
    std::vector<std::string> under;  ///< the kinds of disruption; empty: all of them
    std::optional<Time> before;
    std::optional<Time> after;
    Sense sense = Sense::neutral;
};

/// A part of the path to an RTA that takes longer or shorter than before, or is on only one of the two paths.
struct Part {
    std::string kind;
    std::string name;
    std::optional<Time> before;
    std::optional<Time> after;
};

/// What happened to the verdict on an objective.
enum class Turn : std::uint8_t {
    none,
    missed,    ///< newly missed: it was met, or there was nothing to meet
    met,       ///< newly met
    unjudged,  ///< it was met or missed; now the service, the scenario or the objective is gone
};

/// "", "newly missed", "newly met" or "no longer judged".
[[nodiscard]] std::string_view turn_name(Turn turn);

/// What one scenario does to a service or to data, before and after. What does not exist on a side has no verdict there.
struct Outcome {
    struct At {
        std::optional<Time> objective;
        std::optional<Time> achieved;  ///< `never` where it does not come back; nothing where it is unknown, or lost
        std::optional<Verdict> verdict;
        std::string because;  ///< why it is not known or never, or the copy that an RPA comes from and what its loss is made of
    };
    std::string scenario;
    std::string kind;  ///< service or data
    std::string subject;
    At before;
    At after;
    Turn turn = Turn::none;
    std::vector<Part> parts;  ///< of an RTA that moved

    /// RTA of a service, RPA of data.
    [[nodiscard]] std::string_view measure() const { return kind == "service" ? "RTA" : "RPA"; }
};

/// All of it, in order of declaration.
struct Difference {
    std::vector<Declaration> declarations;
    std::vector<Objective> objectives;
    std::vector<Outcome> outcomes;
    std::vector<diagnostics::Diagnostic> new_findings;
    std::vector<diagnostics::Diagnostic> gone_findings;

    [[nodiscard]] bool empty() const {
        return declarations.empty() && objectives.empty() && outcomes.empty() && new_findings.empty() && gone_findings.empty();
    }
    /// How many outcomes took that turn.
    [[nodiscard]] std::size_t count(Turn turn) const;
    /// How many objectives went that way: those that hold for services and data, and those that only declarations have.
    [[nodiscard]] std::size_t count(Sense sense) const;
};

/// What turns `before` into `after`.
[[nodiscard]] Difference compare(const Side& before, const Side& after);

/// The difference as text for a terminal, ending with a summary; "no difference" where there is none.
[[nodiscard]] std::string render_text(const Difference& difference, bool coloured);

/// The difference for a comment on a change: Markdown in which no text of a plan is anything but text.
[[nodiscard]] std::string render_markdown(const Difference& difference);

}  // namespace muster::diff
