// One finding about a plan, and the place where findings are gathered.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/diagnostics/message.h"
#include "compiler/support/source.h"
#include "compiler/support/span.h"

namespace muster::diagnostics {

/// A place in the source with a few words of its own: "RTO declared here".
struct Label {
    support::Span span;
    std::string text;
};

/// A change of the source that is safe to make unseen: replaces the text at `span`.
struct Edit {
    support::Span span;
    std::string replacement;
};

/// What a finding is about: the kind and name of a declaration.
struct Subject {
    std::string kind;
    std::string name;
};

/// What the cause of a finding breaks besides: an objective of another subject, or in another scenario.
struct Affected {
    Subject subject;
    std::string scenario;
    std::optional<support::Time> target;
    std::optional<support::Time> achieved;
};

/// One finding. What does not apply is empty.
struct Diagnostic {
    Entry entry;
    std::string message;
    Label primary;
    std::vector<Label> related;
    std::vector<Label> path;  ///< the way to what was observed, in order: "10m30s detection `db-down`"
    std::string help;
    std::vector<Edit> edits;
    Subject subject;
    std::string scenario;
    std::optional<support::Time> target;    ///< the objective
    std::optional<support::Time> achieved;  ///< what the plan reaches; nothing where that is never or unknown
    std::string cause;  ///< what findings of one code with one cause have in common: "step `load-orders.load`"; empty where it has none
    support::Time urgency = support::never;  ///< the smallest RTO that depends on what it is about
    std::vector<Affected> also;              ///< what the same cause breaks besides, what does most damage first
};

/// A finding from a row of the registry, its gaps filled with `args`.
template <class... Args>
[[nodiscard]] Diagnostic make(const Message<Args...>& message, support::Span span, std::type_identity_t<Args>... args) {
    Diagnostic diagnostic{
        message.entry, fmt::format(message.text, std::forward<Args>(args)...), {span, {}}, {}, {}, {}, {}, {}, {}, {}, {}};
    return diagnostic;
}

/// What stays the same about a finding when lines move: 16 hexadecimal digits over its code, file, subject and scenario (of a
/// family the declared one), and, where it has no subject, the text of its line.
[[nodiscard]] std::string fingerprint(const Diagnostic& diagnostic, const support::Sources& sources);

/// Whether `a` stands before `b` in what is shown: by file, line, column, code, scenario and message. Of two findings of which neither
/// does, one says what the other says.
[[nodiscard]] bool stands_before(const Diagnostic& a, const Diagnostic& b);

/// Gathers findings. Every stage of the compiler reports here and goes on.
class Sink {
public:
    /// Takes `diagnostic` and returns it, so that the reporter can add to it until the next report.
    Diagnostic& add(Diagnostic diagnostic);

    /// The same from a row of the registry and what fills its gaps.
    template <class... Args>
    Diagnostic& report(const Message<Args...>& message, support::Span span, std::type_identity_t<Args>... args) {
        return add(make(message, span, std::forward<Args>(args)...));
    }

    /// Adds all that `other` has found.
    void take(Sink other);

    [[nodiscard]] bool has_errors() const;

    /// All findings in order of file, line, column and code; what was reported twice stands once.
    [[nodiscard]] std::vector<Diagnostic> sorted() const;

private:
    std::vector<Diagnostic> found_;
};

}  // namespace muster::diagnostics
